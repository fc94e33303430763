package org.aerpaw.portal.web.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.aerpaw.portal.backup.binding.JsonBinding;

/** Responds to errors outside of JAX-RS with the same problems as inside. */
@WebServlet("/problem")
public class ProblemServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var failed = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = failed == null ? HttpServletResponse.SC_NOT_FOUND : failed;
    response.setStatus(status);
    response.setContentType(Problem.TYPE.toString());
    response
        .getOutputStream()
        .write(JsonBinding.toJson(Problem.of(status)).getBytes(StandardCharsets.UTF_8));
  }
}
