package org.aerpaw.portal.backup.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives pseudonyms from texts: the same one for the same text and key, whatever column it is in.
 * Name, address and hash of a text come from one HMAC, so that the name is part of the address.
 * Different texts get different pseudonyms, except from {@link #filler}; among a million texts, the
 * probability of a collision is about one in ten billion. For use in one thread.
 */
final class Pseudonyms {

  /** 130 bits. */
  static final int HASH_LENGTH = 26;

  /** As Django's unusable passwords: a mark, and forty characters. */
  static final int PASSWORD_LENGTH = 41;

  private static final String UNUSABLE = "!";

  /** No mail server has such an address; RFC 2606 reserves the domain for that. */
  private static final String DOMAIN = "@masked.invalid";

  /** With the 12 bits of the two words, 72 bits. */
  private static final int NAME_SUFFIX = 12;

  private static final String[] ADJECTIVES =
      """
      agile amber azure basic blue bold brave brief bright brisk calm clear clever cool coral crisp
      deep eager early even fair fancy fast fine firm fresh gentle glad golden grand great green
      happy honest humble jolly keen kind light lively loyal lucky mellow merry mild modest neat
      nimble noble olive plain proud quick quiet rapid ready royal silver smart solid sunny swift
      tidy warm"""
          .split("\\s+");

  private static final String[] NOUNS =
      """
      badger beaver bison bobcat camel canary cobra condor cougar crane cricket curlew deer dingo
      dolphin dove eagle falcon ferret finch fox gazelle gecko goose hare hawk heron hornet ibis
      iguana jackal jaguar kestrel koala lark lemur leopard llama lynx magpie marten mole moose
      newt ocelot orca osprey otter owl panda panther parrot pelican puffin puma rabbit raven robin
      seal swan tiger toucan walrus wren"""
          .split("\\s+");

  private static final String[] FILLERS =
      """
      lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut
      labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris
      nisi aliquip ex commodo"""
          .split("\\s+");

  static final int MAX_NAME_LENGTH = longest(ADJECTIVES) + 1 + longest(NOUNS) + 1 + NAME_SUFFIX;

  static final int MAX_EMAIL_LENGTH = MAX_NAME_LENGTH + DOMAIN.length();

  private static final String ALGORITHM = "HmacSHA256";
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS_PER_DIGIT = 5;

  private final Mac mac;

  /**
   * @param key any text that others cannot guess
   */
  Pseudonyms(String key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
    }
  }

  /** Such as {@code k5q3v7zj2mfw6ycatr4xhd5n2p}. */
  String hash(String text) {
    return digits(digest(text), 0, HASH_LENGTH);
  }

  /** Such as {@code Quiet Heron 2mfw6ycatr4x}. */
  String name(String text) {
    byte[] digest = digest(text);
    return capitalized(word(digest[0], ADJECTIVES))
        + " "
        + capitalized(word(digest[1], NOUNS))
        + " "
        + nameSuffix(digest);
  }

  /** Such as {@code quiet.heron.2mfw6ycatr4x@masked.invalid}. */
  String email(String text) {
    byte[] digest = digest(text);
    return word(digest[0], ADJECTIVES)
        + "."
        + word(digest[1], NOUNS)
        + "."
        + nameSuffix(digest)
        + DOMAIN;
  }

  /** Words without meaning; as many characters (code points) as the text has. */
  String filler(String text) {
    byte[] digest = digest(text);
    int length = text.codePointCount(0, text.length());
    var filler = new StringBuilder(length);
    for (int i = 0; filler.length() < length; i++) {
      filler.append(filler.isEmpty() ? "" : " ").append(word(digest[i % digest.length], FILLERS));
    }
    filler.setLength(length);
    return filler.toString();
  }

  /** What Django stores for a user without a password. */
  String unusablePassword(String text) {
    return UNUSABLE + digits(digest(text), 0, PASSWORD_LENGTH - UNUSABLE.length());
  }

  private byte[] digest(String text) {
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String nameSuffix(byte[] digest) {
    return digits(digest, 2 * Byte.SIZE, NAME_SUFFIX);
  }

  private static String word(byte index, String[] words) {
    return words[(index & 0xff) % words.length];
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /**
   * @param from the first bit of the digest to use
   */
  private static String digits(byte[] digest, int from, int count) {
    var digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      int bit = from + i * BITS_PER_DIGIT;
      int window =
          (digest[bit / Byte.SIZE] & 0xff) << Byte.SIZE | digest[bit / Byte.SIZE + 1] & 0xff;
      int shift = 2 * Byte.SIZE - BITS_PER_DIGIT - bit % Byte.SIZE;
      digits.append(DIGITS.charAt(window >> shift & (1 << BITS_PER_DIGIT) - 1));
    }
    return digits.toString();
  }

  private static int longest(String[] words) {
    int longest = 0;
    for (String word : words) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }
}
