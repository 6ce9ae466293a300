namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what makes a place harmless by what was said before, or by what stands in it.</summary>
public sealed class FlowRowTwinTests
{
    private static bool Has(string id, string body, string members = "") => FlowCase.Body(body, members).Contains(id);

    [Theory]
    [InlineData("w.setContentType(\"application/json\");", false)]
    [InlineData("w.setContentType(\"text/plain;charset=utf-8\");", false)]
    [InlineData("w.setHeader(\"Content-Type\", \"application/json\");", false)]
    [InlineData("w.setHeader(\"Content-Type\", \"text/html\");", true)]
    [InlineData("w.setContentType(\"text/html\");", true)]
    [InlineData("if (p.length() > 3) { w.setContentType(\"application/json\"); }", true)]
    [InlineData("w.setHeader(\"X-Kind\", \"application/json\");", true)]
    public void What_is_no_page_runs_no_script(string before, bool isBad)
    {
        Assert.Equal(isBad, Has("xss", $"{before} w.getWriter().write(\"<b>\" + p);"));
        Assert.Equal(isBad, Has("xss", $"{before} PrintWriter o = w.getWriter(); o.println(p);"));
    }

    [Fact]
    public void A_stack_in_another_kind_of_answer_is_told_all_the_same() =>
        Assert.True(Has("leak", "w.setContentType(\"application/json\"); try { w.flushBuffer(); } catch (Exception e) { w.getWriter().write(\"{\" + e.getMessage() + \"}\"); }"));

    [Theory]
    [InlineData("new ProcessBuilder(\"ffmpeg\", \"-i\", p, \"-y\", \"out\").start();", false)]
    [InlineData("Runtime.getRuntime().exec(new String[] { \"/usr/bin/soffice\", p });", false)]
    [InlineData("new ProcessBuilder(\"/bin/sh\", \"-c\", p).start();", true)]
    [InlineData("new ProcessBuilder(p, \"-i\").start();", true)]
    [InlineData("new ProcessBuilder(\"ffmpeg -i \" + p).start();", true)]
    [InlineData("Runtime.getRuntime().exec(new String[] { \"cmd.exe\", \"/c\", p });", true)]
    [InlineData("Runtime.getRuntime().exec(\"ffmpeg -i \" + p);", true)]
    public void Arguments_of_a_fixed_program_are_no_commands(string body, bool isBad) => Assert.Equal(isBad, Has("command", body));

    [Theory]
    [InlineData("InputStream i = r.getInputStream(); java.nio.file.Files.copy(i, java.nio.file.Paths.get(\"/data/fixed\"));", false)]
    [InlineData("InputStream i = r.getInputStream(); java.nio.file.Files.copy(i, java.nio.file.Paths.get(\"/data\", p));", true)]
    [InlineData("java.nio.file.Files.copy(java.nio.file.Paths.get(\"/data\", p), w.getOutputStream());", true)]
    public void A_stream_is_no_path(string body, bool isBad) => Assert.Equal(isBad, Has("path", body));

    [Theory]
    [InlineData("w.setHeader(\"X-A\", p);", true)]
    [InlineData("w.setHeader(\"X-A\", r.getHeader(\"Origin\"));", false)]
    public void Headers_that_came_in_hold_no_line_ends(string body, bool isBad) => Assert.Equal(isBad, Has("header", body));

    [Theory]
    [InlineData("com.fasterxml.jackson.databind.ObjectMapper m = new com.fasterxml.jackson.databind.ObjectMapper(); m.enableDefaultTyping(); m.readValue(p, Object.class);", true)]
    [InlineData("com.fasterxml.jackson.databind.ObjectMapper m = new com.fasterxml.jackson.databind.ObjectMapper(); m.readValue(p, Object.class);", false)]
    [InlineData("shared.readValue(p, Object.class);", false)]
    public void Types_are_chosen_by_strangers_only_where_that_is_switched_on(string body, bool isBad) => Assert.Equal(isBad, Has("deserialize", body, "com.fasterxml.jackson.databind.ObjectMapper shared;"));
}
