namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of ways of which the one runs, and the other one no program takes.</summary>
public sealed class FlowUnreachedTwinTests
{
    private const string Imports = "import java.util.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*; import org.springframework.beans.factory.annotation.*; ";

    private static IReadOnlyList<string> Body(string body, string members = "", string types = "") => FlowCase.Ids(FlowCase.Run([("src/T.java",
        $"{Imports} class T extends HttpServlet {{ Statement st; org.slf4j.Logger log; void sql(Object x) {{ try {{ st.executeQuery(\"a\" + x); }} catch (SQLException e) {{ }} }} {members} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); {body} }} }} {types}")]));

    /// <summary>Of nothing at all a compiler takes the narrowest type; a variable that holds nothing has a type.</summary>
    [Theory]
    [InlineData("go(p, (Object) null);", "go(p, null);")]
    [InlineData("Object o = null; go(p, o);", "Map<String, String> o = null; go(p, o);")]
    [InlineData("Object o; o = null; go(p, o);", "Map<String, String> o; o = null; go(p, o);")]
    [InlineData("go(p, none());", "go(p, noMap());")]
    public void A_method_that_is_chosen_by_nothing(string bad, string good)
    {
        const string Members = "void go(String a, Object b) { sql(a); } void go(String a, Map<String, String> b) { } Object none() { return null; } Map<String, String> noMap() { return null; }";
        Assert.Equal(["sql"], Body(bad, Members));
        Assert.Empty(Body(good, Members));
    }

    /// <summary>What one handler ends comes to none behind it, however much else the attempt throws.</summary>
    [Theory]
    [InlineData("catch (Two e) { } catch (Exception e) { sql(e.getMessage()); }", "catch (One e) { } catch (Exception e) { sql(e.getMessage()); }")]
    [InlineData("catch (Two e) { } catch (One | IllegalStateException e) { sql(e.getMessage()); }", "catch (One | IllegalStateException e) { } catch (Two e) { sql(e.getMessage()); }")]
    [InlineData("catch (One e) { sql(e.getMessage()); }", "catch (One e) { p.length(); } catch (Two e) { sql(e.getMessage()); }")]
    [InlineData("finally { p.trim(); }", "catch (One e) { p.length(); } finally { p.trim(); }")]
    public void What_comes_to_a_handler(string bad, string good)
    {
        const string Types = "class One extends Exception { One(String m) { super(m); } } class Two extends Exception { Two(String m) { super(m); } }";
        var run = (string handlers) => Body($"try {{ inner(p); }} catch (One e) {{ sql(e.getMessage()); }}", $"void inner(String p) throws Exception {{ try {{ if (p.length() > 3) {{ throw new One(p); }} if (p.length() > 5) {{ throw new Two(\"b\"); }} }} {handlers} }}", Types);
        Assert.Equal(["sql"], run(bad));
        Assert.Empty(run(good));
    }

    /// <summary>So it is where one method throws both.</summary>
    [Theory]
    [InlineData("catch (Two e) { p.length(); } catch (Exception e) { sql(e.getMessage()); }", "catch (One e) { p.length(); } catch (Exception e) { sql(e.getMessage()); }")]
    [InlineData("catch (Two e) { p.length(); } finally { p.trim(); }", "catch (One e) { p.length(); } finally { p.trim(); }")]
    public void What_comes_from_a_method_that_throws_either(string bad, string good)
    {
        const string Types = "class One extends Exception { One(String m) { super(m); } } class Two extends Exception { Two(String m) { super(m); } }";
        const string Inner = "void either(String p) throws Exception { if (p.length() > 3) { throw new One(p); } throw new Two(\"b\"); }";
        var run = (string handlers) => Body($"try {{ try {{ either(p); }} {handlers} }} catch (Exception e) {{ sql(e.getMessage()); }}", Inner, Types);
        Assert.Equal(["sql"], run(bad));
        Assert.Empty(run(good));
    }

    /// <summary>A message writes as many values as it has gaps, and exceptions.</summary>
    [Theory]
    [InlineData("log.info(\"a: {}\", p);", "log.info(\"a:\", p);")]
    [InlineData("log.info(\"a:\" + p, p);", "log.info(\"a:\", p, p);")]
    [InlineData("log.info(\"a: {} {}\", \"b\", p);", "log.info(\"a: {}\", \"b\", p);")]
    [InlineData("log.error(\"a:\", new Exception(p));", "log.error(\"a:\", new ArrayList<>(List.of(p)));")]
    [InlineData("Object o = com.lib.Make.it(p); log.error(\"a:\", o);", "D d = new D(); d.a = p; log.error(\"a:\", d);")]
    public void What_a_message_has_no_gap_for(string bad, string good)
    {
        const string Types = "class D { String a; public String toString() { return a; } }";
        Assert.Equal(["log"], Body(bad, types: Types));
        Assert.Empty(Body(good, types: Types));
    }

    private static IReadOnlyList<CodeDefect> Seen(string rule, string text, params (string, string)[] files) =>
        [.. FlowDefectsTests.Analyze([("src/T.java", Imports + text), .. files]).Seen.Where(d => d.RuleId == rule)];

    private static void Twin(IReadOnlyList<CodeDefect> sure, IReadOnlyList<CodeDefect> doubted)
    {
        Assert.Equal([CodeConfidence.High], sure.Select(d => d.Confidence));
        Assert.True(Assert.Single(doubted) is { Confidence: CodeConfidence.Low, IsForPeople: true });
    }

    /// <summary>Nobody but the one who sends it has a say in which page a browser came from; to a server he can send what he likes.</summary>
    [Theory]
    [InlineData("w.sendRedirect(r.getHeader(\"X-Back\"));", "w.sendRedirect(r.getHeader(\"Referer\"));")]
    [InlineData("String u = r.getHeader(\"referer\"); if (u == null) { u = r.getParameter(\"u\"); } w.sendRedirect(u);", "String u = r.getHeader(\"referer\"); if (u == null) { u = \"/\"; } w.sendRedirect(u);")]
    public void Where_a_browser_came_from(string bad, string doubted)
    {
        var get = (string body) => $"@RestController class T {{ java.sql.Statement st; @GetMapping(\"/a\") void a(HttpServletRequest r, HttpServletResponse w) throws Exception {{ {body} }} }}";
        Twin(Seen("JT-REDIRECT", get(bad)), Seen("JT-REDIRECT", get(doubted)));
        Assert.Equal([CodeConfidence.High], Seen("JT-SQL", get("st.execute(r.getHeader(\"Referer\"));")).Select(d => d.Confidence));
        Assert.Equal([CodeConfidence.High], Seen("JT-XSS", get("w.getWriter().print(\"<b>\" + r.getHeader(\"Referer\"));")).Select(d => d.Confidence));
    }

    /// <summary>A form nobody outside chooses says what an address begins with.</summary>
    [Theory]
    [InlineData("String.format(\"%s/a\", p)", "String.format(base, p)")]
    [InlineData("String.format(p, \"a\")", "String.format(props.getUrl(), p)")]
    [InlineData("String.format(gap, p)", "String.format(props.getOther(), p)")]
    [InlineData("String.format(props.getGap(), p)", "base.formatted(p)")]
    public void A_form_of_the_settings(string bad, string doubted)
    {
        var get = (string url) => $"@RestController class T {{ @Value(\"${{a.base}}\") String base; String gap = \"%s/x\"; @Autowired Props props; @GetMapping(\"/a\") void a(HttpServletRequest r) throws Exception {{ String p = r.getParameter(\"p\"); new java.net.URL({url}).openStream(); }} }} @org.springframework.boot.context.properties.ConfigurationProperties(\"a\") class Props {{ private String url = \"https://a.example/b%s/c\"; private String other; private String gap = \"%s/x\"; public String getUrl() {{ return url; }} public String getOther() {{ return other; }} public String getGap() {{ return gap; }} public void setUrl(String u) {{ url = u; }} public void setOther(String u) {{ other = u; }} }}";
        Twin(Seen("JT-SSRF", get(bad)), Seen("JT-SSRF", get(doubted)));
    }

    /// <summary>Who switches on lines of one level does not switch on those below it.</summary>
    [Theory]
    [InlineData("debug", "debug", true)]
    [InlineData("trace", "trace", true)]
    [InlineData("trace", "debug", false)]
    [InlineData("debug", "info", false)]
    public void Levels_below_the_one_that_is_on(string called, string level, bool isSure)
    {
        var seen = Seen("JT-LOG", $"@RestController class T {{ org.slf4j.Logger log; @GetMapping(\"/a\") void a(String p) {{ log.{called}(\"a {{}}\", p); }} }}",
            ("pom.xml", "<project><dependencies><dependency><artifactId>spring-boot-starter</artifactId></dependency></dependencies></project>"),
            ("src/main/resources/application.yml", $"logging:\n  level:\n    root: {level}\n"));
        Assert.Equal([isSure ? CodeConfidence.High : CodeConfidence.Low], seen.Select(d => d.Confidence));
    }

    /// <summary>What a method hands back on every way is never null; where a parameter may be, it may be too.</summary>
    [Theory]
    [InlineData("String d = Codes.open(r.getParameter(\"q\"));", "String d = Codes.open(String.valueOf(p));")]
    [InlineData("String d = Codes.none(p);", "String d = Codes.open(\"a\" + p);")]
    [InlineData("String d = Codes.open(\"a\"); if (p.length() > 3) { d = r.getParameter(\"q\"); }", "String d = p.length() > 3 ? new String(\"a\") : Codes.open(\"b\");")]
    public void What_is_never_null(string bad, string good)
    {
        const string Codes = "class Codes { static final String KEY = \"k\"; static String open(String a) { return open(a, KEY); } static String open(String a, String k) { try { return new String(a + k); } catch (IllegalStateException e) { if (!KEY.equals(k)) { return open(a, KEY); } } return a; } static String none(String a) { if (a.length() > 3) { return null; } return a; } }";
        Assert.Equal(["sql"], Body($"{bad} if (d == null) {{ sql(p); }}", types: Codes));
        Assert.Empty(Body($"{good} if (d == null) {{ sql(p); }}", types: Codes));
    }

    /// <summary>Of a value by which a record was found a stranger has not just made up the text; to a database it is as dangerous as ever.</summary>
    [Theory]
    [InlineData("Object o = mapper.selectById(p); if (o == null) { log.info(\"a {}\", p); }", "Object o = mapper.selectById(p); if (o != null) { log.info(\"a {}\", p); }")]
    [InlineData("Object o = mapper.selectNameLike(p); if (o != null) { log.info(\"a {}\", p); }", "Object o = mapper.getOneByName(p); if (o == null) { throw new IllegalStateException(); } log.info(\"a {}\", p);")]
    [InlineData("Object o = mapper.selectById(p); log.info(\"a {}\", p);", "Object o = mapper.selectById(p); if (\"easy\".equals(o)) { log.info(\"a {}\", p); }")]
    [InlineData("Object o = mapper.selectList(p); if (o != null) { log.info(\"a {}\", p); }", "known(p); log.info(\"a {}\", p);")]
    [InlineData("Object o = mapper.selectById(p); org.springframework.util.Assert.hasText(p, \"a\"); log.info(\"a {}\", p);", "Object o = mapper.selectById(p); org.springframework.util.Assert.notNull(o, \"a\"); log.info(\"a {}\", p);")]
    [InlineData("Object o = mapper.selectById(p); org.springframework.util.Assert.isTrue(o == null, \"a\"); log.info(\"a {}\", p);", "Object o = mapper.selectById(p); org.springframework.util.Assert.isTrue(o != null, \"a\"); log.info(\"a {}\", p);")]
    [InlineData("Object o = mapper.selectById(p); if (Objects.isNull(o)) { log.info(\"a {}\", p); }", "Object o = mapper.selectById(p); Objects.requireNonNull(o); log.info(\"a {}\", p);")]
    [InlineData("Object o = pools.get(p); if (o == null) { log.info(\"a {}\", p); }", "Object o = pools.get(p); if (o == null) { return; } log.info(\"a {}\", p);")]
    [InlineData("Map<String, Object> m = new HashMap<>(); m.put(p, st); Object o = m.get(p); if (o != null) { log.info(\"a {}\", p); }", "Object o = pools.get(p); if (Objects.nonNull(o)) { log.info(\"a {}\", p); }")]
    public void What_a_record_was_found_by(string bad, string doubted)
    {
        var get = (string body) => $"@RestController class T {{ org.slf4j.Logger log; java.sql.Statement st; com.lib.Mapper mapper; final Map<String, Object> pools = new HashMap<>(); void known(String x) {{ Object o = mapper.selectById(x); if (o == null) {{ throw new IllegalStateException(); }} }} @GetMapping(\"/a\") void a(HttpServletRequest r) throws Exception {{ String p = r.getParameter(\"p\"); {body} }} }}";
        Twin(Seen("JT-LOG", get(bad)), Seen("JT-LOG", get(doubted)));
        Assert.Equal([CodeConfidence.High], Seen("JT-SQL", get(doubted.Replace("log.info(\"a {}\", p)", "st.execute(p)", StringComparison.Ordinal))).Select(d => d.Confidence));
        Twin(Seen("JT-PATH", get(InFile(bad))), Seen("JT-PATH", get(InFile(doubted))));

        static string InFile(string code) => code.Replace("log.info(\"a {}\", p)", "new java.io.FileInputStream(\"/d/\" + p)", StringComparison.Ordinal);
    }

    /// <summary>What a flag says of a part is of no worth once another one was put there.</summary>
    [Theory]
    [InlineData("d.setA(p);", "d.setB(p);")]
    [InlineData("d.a = p;", "d.b = p;")]
    [InlineData("org.springframework.beans.BeanUtils.copyProperties(d, e); org.springframework.beans.BeanUtils.copyProperties(e, d);", "e.setA(p);")]
    public void What_a_flag_says_of_a_part(string bad, string good)
    {
        const string Types = "class D { String a; String b; public String getA() { return a; } public void setA(String x) { a = x; } public String getB() { return b; } public void setB(String x) { b = x; } }";
        var run = (string changed) => Body($"D d = new D(); D e = new D(); e.setA(r.getParameter(\"e\")); d.setA(p); boolean ok = check(d.getA()); {changed} if (ok) {{ sql(d.getA()); }}", "boolean check(String x) { return x.matches(\"[a-z]+\"); }", Types);
        Assert.Equal(["sql"], run(bad));
        Assert.Empty(run(good));
    }

    /// <summary>A list somebody hands over says what runs.</summary>
    [Fact]
    public void What_a_list_of_the_caller_runs()
    {
        var get = (string list) => $"@RestController class T {{ @GetMapping(\"/a\") void a(String p) throws Exception {{ Runs.go({list}); }} }} class Runs {{ static void go(List<String> c) throws Exception {{ new ProcessBuilder(c).start(); }} }}";
        Twin(Seen("JT-CMD", get("Arrays.asList(\"sh\", \"-c\", p)")), Seen("JT-CMD", get("com.lib.Lists.of(p)")));
    }

    [Theory]
    [InlineData("com.lib.E::getName", "com.lib.E::getClass")]
    [InlineData("E::getName", "E::getClass")]
    [InlineData("e -> e.getName()", "e -> e.getClass()")]
    public void The_class_of_a_value(string bad, string good)
    {
        var run = (string code) => FlowCase.Ids(FlowCase.Run([("src/T.java", $"{Imports} import java.util.stream.*; import com.lib.E; @RestController class T {{ Statement st; @PostMapping(\"/a\") void a(@RequestBody List<E> es) throws Exception {{ st.executeQuery(es.stream().map({code}).map(x -> \"\" + x).collect(Collectors.joining(\",\"))); }} }}")]));
        Assert.Equal(["sql"], run(bad));
        Assert.Empty(run(good));
    }

    /// <summary>What the server put under a key afterwards is its own, whoever sent the map.</summary>
    [Theory]
    [InlineData("m.put(\"b\", \"x\");", "m.put(\"a\", \"x\");")]
    [InlineData("if (m.size() > 3) { m.put(\"a\", \"x\"); }", "m.put(\"b\", \"y\"); m.put(\"a\", \"x\");")]
    public void Keys_that_are_put_over(string bad, string good)
    {
        var run = (string put) => Seen("JT-XSS", $"import org.springframework.web.servlet.ModelAndView; @org.springframework.stereotype.Controller class T {{ @RequestMapping(\"/a\") ModelAndView a(@RequestParam Map<String, Object> m) {{ {put} ModelAndView v = new ModelAndView(\"p\"); v.addObject(\"model\", m); return v; }} }}", ("src/main/resources/templates/p.ftl", "<b>${model.a}</b>"));
        Assert.Single(run(bad));
        Assert.Empty(run(good));
    }
}
