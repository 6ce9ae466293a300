namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of which one is sure, and the other is told with low confidence or not at all.</summary>
public sealed class FlowConfidenceTwinTests
{
    private const string Imports = "import java.io.*; import java.util.*; import java.util.stream.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*; import org.springframework.web.multipart.MultipartFile; ";
    private const string Members = " org.slf4j.Logger log; @org.springframework.beans.factory.annotation.Value(\"x\") String base; com.lib.Settings settings; com.lib.Service service; ";

    private static IReadOnlyList<CodeDefect> Seen(string rule, string members, string method, params (string Path, string Text)[] others) =>
        [.. FlowDefectsTests.Analyze([("src/T.java", $"{Imports}\n@RestController class T {{ {Members} {members}\n {method} }}"), .. others]).Seen.Where(d => d.RuleId == rule)];

    private static void Twin(string rule, string members, string bad, string doubted)
    {
        Assert.Equal([CodeConfidence.High], Seen(rule, members, bad).Select(d => d.Confidence));
        Assert.True(Assert.Single(Seen(rule, members, doubted)) is { Confidence: CodeConfidence.Low, IsForPeople: true });
    }

    private static string Get(string body, string parameter = "String p") => $"@GetMapping(\"/a\") void q(HttpServletRequest r, HttpServletResponse w, {parameter}) throws Exception {{ {body} }}";

    [Theory]
    [InlineData("StringBuilder b = new StringBuilder(); String s; while ((s = r.getReader().readLine()) != null) { b.append(s).append(\"\\n\"); } log.info(b.toString());", "StringBuilder b = new StringBuilder(); String s; while ((s = r.getReader().readLine()) != null) { b.append(s); } log.info(b.toString());")]
    [InlineData("StringBuilder b = new StringBuilder(); String s; while ((s = r.getReader().readLine()) != null) { b.append(s).append(System.lineSeparator()); } log.info(b.toString());", "log.info(r.getReader().readLine());")]
    [InlineData("log.info(java.net.URLDecoder.decode(r.getReader().readLine(), \"UTF-8\"));", "String b = \"\", s; while ((s = r.getReader().readLine()) != null) { b += s; } log.info(\"{}\", b);")]
    public void One_line_is_no_two(string bad, string doubted) => Twin("JT-LOG", "", Get(bad), Get(doubted));

    [Fact]
    public void A_name_that_promises_cleaning_counts_where_something_is_done() =>
        Twin("JT-PATH", "static String clean(String x) { return x; } static String cleanName(String x) { return x.replace(\"&\", \"\"); }", Get("new FileInputStream(\"/d/\" + clean(p));"), Get("new FileInputStream(\"/d/\" + cleanName(p));"));

    [Fact]
    public void Pieces_of_an_address_hold_no_end_of_a_line_behind_a_firewall() =>
        Twin("JT-LOG", "", Get("log.info(p);", "@RequestParam String p"), Get("log.info(p);", "@PathVariable String p"));

    [Theory]
    [InlineData("JT-PATH", "new FileInputStream(\"/d/\" + r.getPathInfo());", "new FileInputStream(\"/d/\" + r.getRequestURI());")]
    [InlineData("JT-PATH", "new FileInputStream(\"/d/\" + java.net.URLDecoder.decode(r.getRequestURI(), \"UTF-8\"));", "new FileInputStream(\"/d/\" + r.getRequestURI().substring(9));")]
    [InlineData("JT-REDIRECT", "w.sendRedirect(p);", "w.sendRedirect(r.getServletPath());")]
    public void What_a_container_has_looked_at_is_less_sure(string rule, string bad, string doubted) => Twin(rule, "", Get(bad), Get(doubted));

    [Theory]
    [InlineData("JT-REDIRECT", "w.sendRedirect(p + \"?a=b\");", "w.sendRedirect(\"?a=\" + p);")]
    [InlineData("JT-REDIRECT", "w.sendRedirect(\"\" + p);", "String u = base + \"/b\"; u += \"?\" + p; w.sendRedirect(u);")]
    [InlineData("JT-PATH", "r.getRequestDispatcher(base + p).forward(r, w);", "r.getRequestDispatcher(base + \"/login\" + (p == null ? \"\" : \"?\" + p)).forward(r, w);")]
    [InlineData("JT-REDIRECT", "String u = \"%s?a=%s\"; if (p.length() > 3) { u = \"%s?b=%s\"; } w.sendRedirect(String.format(u, p, \"a\"));", "String u = Hosts.ONE; if (p.length() > 3) { u = Hosts.TWO; } w.sendRedirect(String.format(u, \"a\", p));")]
    [InlineData("JT-SSRF", "String u = \"http://a\"; new java.net.URL(u + p).openStream();", "String u = \"http://a/\"; if (p.length() > 3) { u = \"http://b/\"; } new java.net.URL(u + p).openStream();")]
    [InlineData("JT-SSRF", "new java.net.URL(org.springframework.web.util.UriComponentsBuilder.fromHttpUrl(p).queryParam(\"a\", base).toUriString()).openStream();", "new java.net.URL(org.springframework.web.util.UriComponentsBuilder.fromHttpUrl(base).queryParam(\"a\", p).toUriString()).openStream();")]
    public void Whoever_does_not_choose_the_host_leads_nowhere(string rule, string bad, string good)
    {
        var hosts = ("src/Hosts.java", "class Hosts { public static String ONE = \"https://a.example/x?a=%s&b=%s\"; public static String TWO = \"https://b.example/y?a=%s&b=%s\"; }");
        Assert.Equal([CodeConfidence.High], Seen(rule, "", Get(bad), hosts).Select(d => d.Confidence));
        Assert.Empty(Seen(rule, "", Get(good), hosts));
    }

    /// <summary>Where a text nobody knows stands first, the host most likely is in it.</summary>
    [Theory]
    [InlineData("JT-REDIRECT", "w.sendRedirect(p + base);", "w.sendRedirect(base + p);")]
    [InlineData("JT-REDIRECT", "w.sendRedirect(\"http://\" + p);", "w.sendRedirect(String.format(\"%s&%s=%s\", base, \"a\", p));")]
    [InlineData("JT-SSRF", "String u = p; if (!u.startsWith(\"h\")) { u = \"http://\" + u; } new java.net.URL(u).openStream();", "new java.net.URL(\"http://\" + settings.host() + p).openStream();")]
    [InlineData("JT-SSRF", "new java.net.URL(new StringBuilder(p).append(base).toString()).openStream();", "new java.net.URL(new StringBuilder(base).append(p).toString()).openStream();")]
    public void Behind_a_beginning_nobody_knows_it_is_less_sure(string rule, string bad, string doubted) => Twin(rule, "", Get(bad), Get(doubted));

    [Theory]
    [InlineData("@GetMapping(\"/a\") String q(String p) { return REDIRECT + p; }", 1)]
    [InlineData("@GetMapping(\"/a\") String q(String p) { return REDIRECT + \"/login?\" + p; }", 0)]
    public void A_constant_of_a_class_that_is_not_there_is_what_its_name_says(string method, int found)
    {
        var seen = FlowDefectsTests.Analyze([("src/T.java", $"{Imports} @org.springframework.stereotype.Controller class T extends com.lib.BaseController {{ {method} }}")]).Seen;
        Assert.Equal(Enumerable.Repeat(("JT-REDIRECT", CodeConfidence.High), found), seen.Where(d => d.RuleId is "JT-REDIRECT" or "JT-SSTI").Select(d => (d.RuleId, d.Confidence)));
    }

    [Theory]
    [InlineData("w.getWriter().print(\"<b>\" + p);", CodeConfidence.High)]
    [InlineData("w.setContentType(\"text/html\"); w.getWriter().print(\"{\\\"a\\\":\\\"\" + p);", CodeConfidence.High)]
    [InlineData("w.getWriter().print(\"{\\\"a\\\":\\\"\" + p);", CodeConfidence.Low)]
    public void What_begins_as_JSON_is_hardly_a_page(string body, CodeConfidence confidence) => Assert.Equal([confidence], Seen("JT-XSS", "", Get(body)).Select(d => d.Confidence));

    [Theory]
    [InlineData("void go(List<String> c) throws Exception { Runtime.getRuntime().exec(c.toArray(new String[c.size()])); }")]
    [InlineData("void go(List<String> c) throws Exception { new ProcessBuilder(c).start(); }")]
    public void A_list_somebody_else_put_together_may_run_nothing_of_it(string helper) => Twin(
        "JT-CMD",
        $"{helper} void all(String c) throws Exception {{ Runtime.getRuntime().exec(c); }}",
        Get("all(settings.tool() + \" -i \" + p);"),
        Get("List<String> c = new ArrayList<>(); c.add(settings.tool()); c.add(\"-i\"); c.add(p); go(c);"));

    [Fact]
    public void A_list_behind_an_interpreter_is_a_command() => Assert.Equal(
        [CodeConfidence.High],
        Seen("JT-CMD", "void go(String[] c) throws Exception { Runtime.getRuntime().exec(new String[] { \"sh\", \"-c\", c[0] }); }", Get("go(new String[] { p });")).Select(d => d.Confidence));

    [Theory]
    [InlineData("boolean ok = false; try { ok = com.lib.Signatures.verify(m, settings.key()); } catch (Exception e) { log.error(\"a\"); } if (ok) { log.info(m.get(\"a\")); }", "boolean ok = false; try { ok = com.lib.Signatures.verify(m, settings.key()); } catch (Exception e) { log.error(\"a\"); } log.info(m.get(\"a\"));")]
    [InlineData("boolean ok = false; ok = com.lib.Signatures.verify(m, settings.key()); if (!ok) { return; } log.info(m.get(\"a\"));", "boolean ok = false; ok = com.lib.Signatures.verify(m, settings.key()); ok = true; if (!ok) { return; } log.info(m.get(\"a\"));")]
    public void A_flag_holds_what_a_check_answered(string doubted, string bad) =>
        Twin("JT-LOG", "", $"@PostMapping(\"/a\") void q(@RequestBody Map<String, String> m) {{ {bad} }}", $"@PostMapping(\"/a\") void q(@RequestBody Map<String, String> m) {{ {doubted} }}");

    [Theory]
    [InlineData("try { service.save(p); } catch (Exception e) { return e.getMessage(); } return \"\";", "try { com.lib.Xml.xmlToMap(p); } catch (Exception e) { return e.getMessage(); } return \"\";")]
    [InlineData("try { com.lib.Xml.parse(p); service.save(p); } catch (Exception e) { return e.getMessage(); } return \"\";", "try { String s = org.apache.commons.io.IOUtils.toString(r.getInputStream(), \"UTF-8\"); } catch (IOException e) { return e.getMessage(); } return \"\";")]
    public void What_fails_in_reading_tells_nothing_of_the_inside(string bad, string doubted) =>
        Twin("JT-LEAK", "", $"@PostMapping(\"/a\") Object q(HttpServletRequest r, String p) {{ {bad} }}", $"@PostMapping(\"/a\") Object q(HttpServletRequest r, String p) {{ {doubted} }}");

    [Theory]
    [InlineData("catch (IllegalStateException e) { return; }", 0)]
    [InlineData("catch (IllegalArgumentException e) { return; }", 1)]
    public void What_an_earlier_handler_takes_comes_to_no_later_one(string handler, int found) =>
        Assert.Equal(found, Seen("JT-LOG", "void save(String s) { throw new IllegalStateException(s); }", Get($"try {{ save(p); }} {handler} catch (Exception e) {{ log.error(e.getMessage()); }}")).Count);

    /// <summary>Of two exceptions the second handler takes one: what it says is nobody's own text because the first one's is.</summary>
    [Fact]
    public void What_is_caught_is_of_no_type_that_another_one_has() => Assert.Equal(
        [CodeConfidence.High],
        Seen("JT-LEAK", "static class Own extends RuntimeException { Own(String s) { super(s); } } void save(String s) { if (s == null) { throw new Own(s); } service.save(s); }", "@PostMapping(\"/a\") Object q(String p) { try { save(p); return \"\"; } catch (Own e) { return \"a\"; } catch (Exception e) { return e.getMessage(); } }").Select(d => d.Confidence));

    [Fact]
    public void A_check_beside_may_be_for_the_upload() => Twin(
        "JT-UPLOAD",
        "void save(MultipartFile f) throws Exception { f.transferTo(new File(\"/d/\" + f.getOriginalFilename())); }",
        "@PostMapping(\"/a\") void q(MultipartFile f) throws Exception { if (com.lib.Types.isImage(f)) { log.info(\"a\"); } save(f); }",
        "@PostMapping(\"/a\") void q(MultipartFile f) throws Exception { com.lib.Types.checkUploadType(f); save(f); }");

    [Theory]
    [InlineData("CopyUtils", "", CodeConfidence.Low)]
    [InlineData("CopyUtils", "new CopyUtils().take(r);", CodeConfidence.High)]
    [InlineData("CopyServlet", "", CodeConfidence.High)]
    public void A_helper_nobody_uses_is_suspected(string type, string use, CodeConfidence confidence)
    {
        var seen = FlowDefectsTests.Analyze([
            ("src/U.java", $"{Imports} public class {type} {{ public void take(HttpServletRequest r) throws Exception {{ save(r); }} void save(HttpServletRequest r) throws Exception {{ new FileOutputStream(\"/d/\" + r.getParameter(\"p\")); }} }}"),
            ("src/T.java", $"{Imports} class T {{ void q(HttpServletRequest r) throws Exception {{ {use} }} }}")]).Seen;
        Assert.Equal(confidence, Assert.Single(seen, d => d.RuleId == "JT-PATH").Confidence);
    }

    [Fact]
    public void A_name_of_a_template_is_no_template() => Assert.Equal(
        [CodeConfidence.High, CodeConfidence.Low],
        FlowDefectsTests.Analyze([("src/T.java", $"{Imports} import freemarker.template.*; @RestController class T {{\n@GetMapping(\"/a\") void a(String p, Configuration c) throws Exception {{ new Template(\"t\", new StringReader(p), c); }}\n@GetMapping(\"/b\") void b(String p, Configuration c) throws Exception {{ c.getTemplate(p); }} }}")])
            .Seen.Where(d => d.RuleId == "JT-SSTI").OrderBy(d => d.Line).Select(d => d.Confidence));

    /// <summary>Only who holds the key writes what is found in it.</summary>
    [Fact]
    public void What_was_deciphered_is_less_sure() =>
        Twin("JT-LOG", "javax.crypto.Cipher c; ", Get("log.info(p);"), Get("log.info(new String(c.doFinal(p.getBytes())));"));

    [Fact]
    public void Of_an_object_that_outlives_requests_nobody_knows_which_part_was_left()
    {
        const string job = "class Job { String a; String b; void setA(String x) { a = x; } String getB() { return b; } }";
        Assert.True(Assert.Single(Seen("JT-LOG", "private Job job = new Job();", Get("job.setA(p);") + " @GetMapping(\"/b\") void s() { log.info(job.getB()); }", ("src/Job.java", job))) is { Confidence: CodeConfidence.Low });
        Assert.True(Assert.Single(Seen("JT-LOG", "static final ThreadLocal<ArrayList<Job>> JOBS = new ThreadLocal<>();", Get("Job j = new Job(); j.setA(p); ArrayList<Job> all = new ArrayList<>(); all.add(j); JOBS.set(all);") + " @GetMapping(\"/b\") void s() { for (Job j : JOBS.get()) { log.info(j.getB()); } }", ("src/Job.java", job))) is { Confidence: CodeConfidence.Low });
        Assert.Equal([CodeConfidence.High], Seen("JT-LOG", "private String last;", Get("last = p;") + " @GetMapping(\"/b\") void s() { log.info(last); }").Select(d => d.Confidence));
    }
}
