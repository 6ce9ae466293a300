namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what a value can hold by its form, and of what only carries it.</summary>
public sealed class FlowFormTwinTests
{
    private const string Log = "static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(T.class); ";

    private static bool Has(string id, string body, string members = "") => FlowCase.Body(body, members).Contains(id);

    private static IReadOnlyList<CodeDefect> Seen(string rule, params (string Path, string Text)[] files) => [.. FlowDefectsTests.Analyze(files).Seen.Where(d => d.RuleId == rule)];

    [Theory]
    [InlineData("r.getHeader(\"X-A\")", false)]
    [InlineData("r.getCookies()[0].getValue()", false)]
    [InlineData("r.getQueryString()", false)]
    [InlineData("r.getRequestURI()", false)]
    [InlineData("\"\" + r.getRequestURL()", false)]
    [InlineData("r.getPathInfo()", true)]
    [InlineData("r.getPart(\"f\").getSubmittedFileName()", true)]
    [InlineData("java.net.URLDecoder.decode(r.getHeader(\"X-A\"), \"UTF-8\")", true)]
    [InlineData("open(r.getQueryString())", true)]
    [InlineData("same(r.getQueryString())", false)]
    [InlineData("new String(java.util.Base64.getDecoder().decode(r.getHeader(\"X-A\")))", true)]
    [InlineData("java.net.URLEncoder.encode(p, \"UTF-8\")", false)]
    [InlineData("p.replace(\"\\n\", \"\").replace(\"\\r\", \"\")", false)]
    [InlineData("p.replace('\\n', '_')", false)]
    [InlineData("p.replace(\"\\r\", \"\\n\")", true)]
    [InlineData("p.replace(\"-\", \"\\n\")", true)]
    [InlineData("org.apache.commons.lang3.StringEscapeUtils.escapeJava(p)", false)]
    [InlineData("com.alibaba.fastjson.JSON.toJSONString(p)", false)]
    [InlineData("cn.hutool.json.JSONUtil.parse(r.getParameterMap()).toString()", false)]
    [InlineData("cn.hutool.json.JSONUtil.parseObj(p).getStr(\"a\")", true)]
    [InlineData("new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(p)", false)]
    [InlineData("new com.fasterxml.jackson.databind.ObjectMapper().readTree(p).get(\"a\").asText()", true)]
    [InlineData("com.auth0.jwt.JWT.require(null).build().verify(p).getSubject()", false)]
    [InlineData("io.jsonwebtoken.Jwts.parser().setSigningKey(key).parseClaimsJws(p).getBody().getSubject()", false)]
    public void Some_forms_hold_no_end_of_a_line(string value, bool isBad)
    {
        const string members = Log + "byte[] key; String open(String s) throws Exception { return java.net.URLDecoder.decode(s, \"UTF-8\"); } String same(String s) { return s.trim(); }";
        Assert.Equal(isBad, Has("log", $"log.info({value});", members));
        Assert.Equal(isBad, Has("log", $"note({value});", members + " void note(String s) { log.info(\"n {}\", s); }"));
        Assert.Equal(isBad, Has("header", $"w.setHeader(\"X-B\", {value});", members));
    }

    [Theory]
    [InlineData("@RequestHeader(\"a\") String a", "a", false)]
    [InlineData("@CookieValue String a", "a", true)]
    [InlineData("@PathVariable String a", "a", true)]
    [InlineData("String a", "a", true)]
    [InlineData("@RequestHeader String a", "java.net.URLDecoder.decode(a)", true)]
    public void Neither_do_some_parameters(string parameter, string logged, bool isBad)
    {
        var found = FlowCase.Run([("src/T.java", $"import org.springframework.web.bind.annotation.*; @RestController class T {{ {Log} java.sql.Statement s; @GetMapping(\"/a\") int q({parameter}) throws Exception {{ log.info({logged}); s.executeQuery(a); return 1; }} }}")]);
        Assert.Equal(isBad ? ["log", "sql"] : ["sql"], FlowCase.Ids(found).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("@RequestParam", CodeConfidence.High)]
    [InlineData("@PathVariable", CodeConfidence.Low)]
    public void A_piece_of_the_address_hardly_leaves_a_folder(string annotation, CodeConfidence confidence)
    {
        var defect = Assert.Single(Seen("JT-PATH", ("src/T.java", $"import org.springframework.web.bind.annotation.*; @RestController class T {{ @GetMapping(\"/a/{{a}}\") void q({annotation} String a) throws Exception {{ new java.io.FileInputStream(\"/d/\" + a); }} }}")));
        Assert.Equal(confidence, defect.Confidence);
    }

    /// <summary>Where one way begins with a parameter of any kind, that one counts.</summary>
    [Fact]
    public void One_sure_beginning_is_enough()
    {
        const string Text = "import org.springframework.web.bind.annotation.*; @RestController class T { void open(String s) throws Exception { new java.io.FileInputStream(\"/d/\" + s); } @GetMapping(\"/a/{a}\") void q(@PathVariable String a) throws Exception { open(a); } @GetMapping(\"/b\") void z(String b) throws Exception { open(b); } }";
        Assert.Equal(CodeConfidence.High, Assert.Single(Seen("JT-PATH", ("src/T.java", Text))).Confidence);
    }

    [Theory]
    [InlineData("class B { String n; void setN(String x) { n = x; } }", false)]
    [InlineData("class B implements java.io.Serializable { String n; void setN(String x) { n = x; } }", false)]
    [InlineData("class B { String n; void setN(String x) { n = x; } public String toString() { return n; } }", true)]
    [InlineData("@lombok.Data class B { String n; }", true)]
    [InlineData("class B { String n; void setN(String x) { n = x; } } class M { B b = new B() { public String toString() { return n; } }; }", true)]
    [InlineData("class B { String n; void setN(String x) { n = x; } } class M { B b = new B() { public String name() { return n; } }; }", false)]
    [InlineData("class U { String n; public String toString() { return n; } } class B extends U { void setN(String x) { n = x; } }", true)]
    [InlineData("class B { String n; void setN(String x) { n = x; } } class D extends B { public String toString() { return n; } }", true)]
    [InlineData("class B extends com.lib.Model { String n; void setN(String x) { n = x; } }", true)]
    public void An_object_says_what_somebody_wrote_for_it(string type, bool isBad)
    {
        string[] ways = ["log.info(\"{}\", b);", "log.info(\"b: \" + b);", "log.info(String.valueOf(b));", "log.info(new StringBuilder(\"b\").append(b).toString());"];
        Assert.All(ways, way => Assert.Equal(isBad, FlowCase.Ids(FlowCase.Run([("src/T.java", $"{type} class T {{ {Log} void q(javax.servlet.http.HttpServletRequest r) {{ B b = new B(); b.setN(r.getParameter(\"n\")); {way} }} }}")])).Contains("log")));
        Assert.Contains("log", FlowCase.Ids(FlowCase.Run([("src/T.java", $"{type} class T {{ {Log} void q(javax.servlet.http.HttpServletRequest r) {{ B b = new B(); b.setN(r.getParameter(\"n\")); log.info(b.n); }} }}")])));
    }

    /// <summary>Which of two classes of one name is meant, nobody knows.</summary>
    [Theory]
    [InlineData("src/C.java", "package a; class C { }", false)]
    [InlineData("src/B.java", "package a; class B { String n; public String toString() { return n; } }", true)]
    public void A_class_that_is_declared_twice_may_say_something(string path, string text, bool isBad) => Assert.Equal(isBad, FlowCase.Ids(FlowCase.Run([
        ("lib/B.java", "package a; class B { String n; void setN(String x) { n = x; } }"), (path, text),
        ("src/T.java", $"package a; class T {{ {Log} void q(javax.servlet.http.HttpServletRequest r) {{ B b = new B(); b.setN(r.getParameter(\"n\")); log.info(\"b: \" + b); }} }}")])).Contains("log"));

    [Theory]
    [InlineData("log.info(p);", CodeConfidence.High)]
    [InlineData("try { throw new IllegalStateException(p); } catch (IllegalStateException e) { log.error(\"a\", e); }", CodeConfidence.Low)]
    public void Whether_an_exception_speaks_of_it_is_not_sure(string body, CodeConfidence confidence) =>
        Assert.Equal(confidence, Assert.Single(Seen("JT-LOG", ("src/T.java", $"class T {{ {Log} void q(javax.servlet.http.HttpServletRequest r) {{ String p = r.getParameter(\"p\"); {body} }} }}"))).Confidence);

    [Theory]
    [InlineData("K k", "k.url", false)]
    [InlineData("K k", "k.getUrl()", false)]
    [InlineData("K k", "k", false)]
    [InlineData("D d", "d.kind.getUrl()", false)]
    [InlineData("D d", "d.name", true)]
    public void A_constant_of_the_tree_is_one_whoever_names_it(string parameter, string value, bool isBad) => Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"import org.springframework.web.bind.annotation.*; enum K {{ A(\"a\"), B(\"b\"); final String url; K(String u) {{ url = u; }} String getUrl() {{ return url; }} }} class D {{ K kind; String name; }} @RestController class T {{ java.sql.Statement s; @PostMapping(\"/a\") int q({parameter}) throws Exception {{ s.executeQuery(\"x\" + {value}); return 1; }} }}")])));

    [Theory]
    [InlineData("page.addOrder(OrderItem.asc(p));", true)]
    [InlineData("OrderItem o = new OrderItem(); o.setColumn(p); page.setOrders(Arrays.asList(o));", true)]
    [InlineData("OrderItem o = OrderItem.desc(p); w2.orderByDesc(o.getColumn());", true)]
    [InlineData("OrderItem o = OrderItem.desc(p); w2.orderByDesc(ok(o.getColumn()));", false)]
    [InlineData("List<OrderItem> all = new ArrayList<>(); all.add(OrderItem.asc(p));", false)]
    [InlineData("page.addOrder(OrderItem.asc(\"id\"));", false)]
    public void What_carries_an_order_is_no_query(string body, bool isBad) => Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"import java.util.*; import com.baomidou.mybatisplus.core.metadata.OrderItem; import com.baomidou.mybatisplus.extension.plugins.pagination.Page; import com.baomidou.mybatisplus.core.conditions.query.QueryWrapper; class T {{ static final List<String> OK = Arrays.asList(\"a\"); String ok(String s) {{ return OK.contains(s) ? s : \"id\"; }} void q(javax.servlet.http.HttpServletRequest r, Page<Object> page, QueryWrapper<Object> w2) {{ String p = r.getParameter(\"p\"); {body} }} }}")])));

    [Theory]
    [InlineData("new ProcessBuilder(tool, \"-i\", p).start();", false)]
    [InlineData("new ProcessBuilder(tool, \"-c\", p).start();", true)]
    [InlineData("new ProcessBuilder(p, \"-i\", \"a\").start();", true)]
    [InlineData("Runtime.getRuntime().exec(new String[] { tool, p });", false)]
    [InlineData("Runtime.getRuntime().exec(new String[] { tool }, new String[] { p });", true)]
    [InlineData("Runtime.getRuntime().exec(new String[] { tool, p }, new String[] { \"A=b\" });", false)]
    [InlineData("Runtime.getRuntime().exec(new String[] { windows ? \"cmd\" : \"sh\", windows ? \"/c\" : \"-c\", p });", true)]
    [InlineData("String sh = windows ? \"cmd.exe\" : \"/bin/sh\"; new ProcessBuilder(sh, \"-c\", p).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); for (String s : p.split(\",\")) { c.add(s); } new ProcessBuilder(c).start();", false)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); if (windows) { c.add(\"-v\"); } c.add(p); ProcessBuilder b = new ProcessBuilder(); b.command(c);", false)]
    [InlineData("List<String> c = new ArrayList<>(Arrays.asList(\"ffmpeg\", \"-i\")); c.add(p); new ProcessBuilder(c).start();", false)]
    [InlineData("List<String> c = new ArrayList<>(Arrays.asList(\"sh\", \"-c\")); c.add(p); new ProcessBuilder(c).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(windows ? \"cmd\" : \"sh\"); c.add(windows ? \"/c\" : \"-c\"); for (String s : p.split(\",\")) { c.add(s); } new ProcessBuilder(c).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); c.add(0, p); new ProcessBuilder(c).start();", true)]
    [InlineData("LinkedList<String> c = new LinkedList<>(); c.add(\"ffmpeg\"); c.addFirst(p); new ProcessBuilder(c).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); if (windows) { c.add(\"cmd\"); } else { c.add(\"sh\"); } c.add(\"-c\"); c.add(p); new ProcessBuilder(c).start();", true)]
    [InlineData("Runtime.getRuntime().exec(tool + \" \" + p);", true)]
    [InlineData("run(p, \"-i\", \"a\");", true)]
    [InlineData("new ProcessBuilder(tool, FLAG, p).start();", true)]
    [InlineData("new ProcessBuilder(tool, NONE, p).start();", false)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(tool); c.add(FLAG); c.add(p); new ProcessBuilder(c).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(tool); c.add(NONE); c.add(p); new ProcessBuilder(c).start();", false)]
    [InlineData("shell.accept(p);", true)]
    [InlineData("plain.accept(p);", false)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); front(c, p); new ProcessBuilder(c).start();", true)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); back(c, p); new ProcessBuilder(c).start();", false)]
    [InlineData("List<String> c = new ArrayList<>(); c.add(\"ffmpeg\"); reset(c, p); new ProcessBuilder(c).start();", true)]
    public void A_program_without_a_shell_runs_no_argument(string body, bool isBad) =>
        Assert.Equal(isBad, Has("command", body, """
            static final String FLAG = "-c"; static final String NONE = "-i"; boolean windows; @org.springframework.beans.factory.annotation.Value("${tool}") String tool; void run(String... c) throws Exception { new ProcessBuilder(c).start(); }
            final java.util.function.Consumer<String> shell = x -> { try { new ProcessBuilder(tool, windows ? "-c" : "-x", x).start(); } catch (IOException e) { } };
            final java.util.function.Consumer<String> plain = x -> { try { new ProcessBuilder(tool, windows ? "-v" : "-x", x).start(); } catch (IOException e) { } };
            void front(List<String> l, String x) { l.add(0, x); } void back(List<String> l, String x) { l.add(x); } void reset(List<String> l, String x) { l.set(0, x); }
            """));

    [Fact]
    public void One_trust_in_everybody_and_one_weak_cipher_are_each_one_defect()
    {
        var seen = FlowDefectsTests.Analyze([("src/A.java", """
            import javax.crypto.*; import javax.net.ssl.*; import java.security.cert.X509Certificate;
            class A { void e() throws Exception {
              KeyGenerator.getInstance("DES");
              Cipher.getInstance("DES"); }
              void d() throws Exception {
              Cipher.getInstance("DES"); } }
            class B implements X509TrustManager { public void checkClientTrusted(X509Certificate[] c, String a) { } public X509Certificate[] getAcceptedIssuers() { return null; }
              public void checkServerTrusted(X509Certificate[] c, String a) { } }
            class C implements HostnameVerifier {
              public boolean verify(String h, SSLSession s) { return true; } }
            """)]).Seen;
        var cipher = Assert.Single(seen, d => d.RuleId == "JT-CIPHER");
        Assert.Equal(3, cipher.Line);
        Assert.Contains("同一文件另有 2 处（第 4 行、第 6 行）", cipher.Message, StringComparison.Ordinal);
        Assert.Single(seen, d => d.RuleId == "JT-TLS");
    }

    [Theory]
    [InlineData("@PostMapping(\"/a\")", "boolean enabled;", CodeConfidence.High)]
    [InlineData("@PostMapping(\"/a\") @org.springframework.security.access.prepost.PreAuthorize(\"hasRole('A')\")", "boolean enabled;", CodeConfidence.Low)]
    [InlineData("@PostMapping(\"/a\")", "@ManyToMany(mappedBy = \"users\") java.util.Set<String> roles;", null)]
    [InlineData("@PostMapping(\"/a\")", "@ManyToMany java.util.Set<String> roles;", CodeConfidence.High)]
    [InlineData("@PostMapping(\"/a\")", "@ManyToMany(mappedBy = \"users\", cascade = CascadeType.MERGE) java.util.Set<String> roles;", CodeConfidence.High)]
    public void Whoever_has_the_right_binds_what_he_may_set(string head, string field, CodeConfidence? confidence)
    {
        var seen = Seen("JT-BIND", ("src/A.java", $"package a; import javax.persistence.*; import org.springframework.web.bind.annotation.*; @Entity class User {{ Long id; {field} }} interface Repo extends org.springframework.data.jpa.repository.JpaRepository<User, Long> {{ }} @RestController class A {{ Repo repo; {head} void q(@RequestBody User u) {{ repo.save(u); }} }}"));
        Assert.Equal(confidence, seen.Count == 0 ? null : Assert.Single(seen).Confidence);
    }

    [Theory]
    [InlineData("", CodeConfidence.Low)]
    [InlineData("class B { void b(org.springframework.web.multipart.MultipartFile f) throws Exception { A.save(f); } }", CodeConfidence.High)]
    [InlineData("class B { void b(org.springframework.web.multipart.MultipartFile f, A a) throws Exception { a.save(f); } }", CodeConfidence.High)]
    [InlineData("class B { void b(org.springframework.web.multipart.MultipartFile f, com.lib.Other a) throws Exception { a.save(f); } }", CodeConfidence.Low)]
    [InlineData("interface F { void take(org.springframework.web.multipart.MultipartFile f) throws Exception; } class B { F f = A::save; }", CodeConfidence.High)]
    public void What_nobody_calls_is_only_suspected(string more, CodeConfidence confidence) => Assert.Equal(confidence, Assert.Single(Seen("JT-PATH",
        ("src/A.java", $"class A {{ public static void save(org.springframework.web.multipart.MultipartFile f) throws Exception {{ new java.io.FileOutputStream(\"/d/\" + f.getOriginalFilename()); }} }} {more}"))).Confidence);

    [Theory]
    [InlineData("if (com.baomidou.mybatisplus.core.toolkit.sql.SqlInjectionUtils.check(p)) { return; } st.executeQuery(\"x order by \" + p);", false)]
    [InlineData("if (!com.baomidou.mybatisplus.core.toolkit.sql.SqlInjectionUtils.check(p)) { return; } st.executeQuery(\"x order by \" + p);", true)]
    public void A_check_of_a_library_says_what_is_bad(string body, bool isBad) => Assert.Equal(isBad, Has("sql", body));

    [Theory]
    [InlineData("Long[] a", "java.util.Arrays.toString(a)", false)]
    [InlineData("java.util.List<Long> a", "a", false)]
    [InlineData("java.util.Set<Integer> a", "org.apache.commons.lang3.StringUtils.join(a, \",\")", false)]
    [InlineData("D d", "java.util.Arrays.toString(d.ids)", false)]
    [InlineData("D d", "d.list", false)]
    [InlineData("D d", "d.names", true)]
    [InlineData("java.util.List<String> a", "a", true)]
    [InlineData("java.util.List<java.util.List<String>> a", "a", true)]
    [InlineData("byte[] a", "new String(a)", true)]
    [InlineData("char[] a", "new String(a)", true)]
    [InlineData("java.util.Map<String, Long> a", "a", true)]
    public void Numbers_stay_numbers_in_lists(string parameter, string value, bool isBad) => Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"import org.springframework.web.bind.annotation.*; class D {{ Long[] ids; java.util.List<Long> list; java.util.List<String> names; }} @RestController class T {{ java.sql.Statement s; @PostMapping(\"/a\") int q({parameter}) throws Exception {{ s.executeQuery(\"x\" + {value}); return 1; }} }}")])));

    [Theory]
    [InlineData("", true)]
    [InlineData("x.addPermission(com.thoughtworks.xstream.security.NoTypePermission.NONE);", false)]
    [InlineData("x.addPermission(com.thoughtworks.xstream.security.AnyTypePermission.ANY);", true)]
    public void Objects_nobody_named_are_refused(string before, bool isBad) =>
        Assert.Equal(isBad, Has("deserialize", $"com.thoughtworks.xstream.XStream x = new com.thoughtworks.xstream.XStream(); {before} x.fromXML(p);"));

    [Theory]
    [InlineData("return J.join(UrlBasedViewResolver.REDIRECT_URL_PREFIX, u);", "redirect")]
    [InlineData("return UrlBasedViewResolver.REDIRECT_URL_PREFIX + u;", "redirect")]
    [InlineData("return REDIRECT + u;", "redirect")]
    [InlineData("return J.join(\"redirect:\", u);", "redirect")]
    [InlineData("return J.join(\"user/\", u);", "template")]
    public void Where_the_browser_goes_is_no_template(string body, string weakness) => Assert.Equal([weakness], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"import org.springframework.web.bind.annotation.*; import org.springframework.web.servlet.view.UrlBasedViewResolver; class J {{ static String join(String a, String b) {{ return a + b; }} }} @org.springframework.stereotype.Controller class T {{ @GetMapping(\"/a\") public String q(String u) {{ {body} }} }}")])));
}
