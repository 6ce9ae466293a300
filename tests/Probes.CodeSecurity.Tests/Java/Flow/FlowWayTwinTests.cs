namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of ways through a method that are easily forgotten, and of what does not make a value safe.</summary>
public sealed class FlowWayTwinTests
{
    [Theory]
    [InlineData("void check(String s) { s = s.replaceAll(\"[<>']\", \"\"); if (!s.matches(\"\\\\w+\")) { throw new IllegalArgumentException(); } }", "check(p); sql(st, p);", "check(\"a\"); sql(st, \"a\");")]
    [InlineData("void check(String s) { if (!s.matches(\"\\\\w+\")) { s = \"x\"; } }", "check(p); sql(st, p);", "check(\"a\"); sql(st, \"a\");")]
    [InlineData("boolean ok(String s) { s = s.trim(); return s.matches(\"\\\\w+\"); }", "ok(p); sql(st, p);", "if (ok(p)) { sql(st, p); }")]
    [InlineData("boolean ok(String s) { s = s.replace(\"'\", \"\"); return s.matches(\"\\\\w+\"); }", "if (ok(p)) { sql(st, p); }", "if (ok(p)) { sql(st, \"a\"); }")]
    public void A_parameter_that_was_assigned_again_says_nothing_of_the_variable(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("", "String x = \"a\"; try { x = p; return; } finally { sql(st, x); }", "String x = p; try { x = \"a\"; return; } finally { sql(st, \"b\"); }")]
    [InlineData("", "String x = \"a\"; while (true) { try { x = p; break; } finally { sql(st, x); } }", "String x = p; while (true) { try { x = \"a\"; break; } finally { x = \"c\"; } } sql(st, x);")]
    [InlineData("", "String x = \"a\"; for (int i = 0; i < 3; i++) { try { x = p; continue; } finally { sql(st, x); } }", "String x = p; for (;;) { try { break; } finally { x = \"a\"; } } sql(st, x);")]
    [InlineData("", "String x = \"a\"; try { x = p; r.getMethod(); x = \"b\"; } catch (RuntimeException e) { sql(st, x); }", "String x = p; try { r.getMethod(); } catch (RuntimeException e) { x = \"a\"; sql(st, x); }")]
    [InlineData("", "String x = \"a\"; try { throw new RuntimeException(); } finally { x = p; sql(st, x); }", "String x = p; try { r.getMethod(); } finally { x = \"a\"; } sql(st, x);")]
    [InlineData("String f(String s) { StringBuilder b = new StringBuilder(); try { return g(b); } finally { b.append(s); } } String g(StringBuilder b) { kept = b; return \"\"; } StringBuilder kept; void g2(StringBuilder b, String s) { try { return; } finally { b.append(s); } }", "StringBuilder b = new StringBuilder(); g2(b, p); sql(st, b.toString());", "StringBuilder b = new StringBuilder(); g2(b, \"a\"); sql(st, b.toString());")]
    [InlineData("String f(String s) { try { return \"a\"; } finally { return s; } }", "sql(st, f(p));", "sql(st, f(\"b\"));")]
    [InlineData("String f(String s) { String x = s; try { return x; } finally { x = \"a\"; } }", "sql(st, f(p));", "sql(st, f(\"b\"));")]
    [InlineData("String ok(String s) { try { if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } return s; } finally { kept = 1; } } int kept;", "ok(\"a\"); sql(st, p);", "ok(p); sql(st, p);")]
    [InlineData("", "String x = \"a\"; try { try { x = p; return; } finally { kept++; } } finally { sql(st, x); } } int kept; void n() {", "String x = \"b\"; try { try { return; } finally { x = \"a\"; } } finally { sql(st, x); } } void n() {")]
    public void Every_way_passes_the_finally(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("", "try { throw new IllegalStateException(p); } catch (IllegalStateException e) { sql(st, e.getMessage()); }", "try { throw new IllegalStateException(\"a\"); } catch (IllegalStateException e) { sql(st, e.getMessage()); }")]
    [InlineData("void f(String s) { throw new IllegalStateException(s); }", "try { f(p); } catch (IllegalStateException e) { sql(st, e.getMessage()); }", "try { f(\"a\"); } catch (IllegalStateException e) { sql(st, e.getMessage()); }")]
    [InlineData("static class Own extends RuntimeException { Own(String m) { super(m); } } void f(String s) { g(s); } void g(String s) { throw new Own(s); }", "try { f(p); } catch (Own e) { sql(st, e.getMessage()); }", "try { f(\"a\"); } catch (Own e) { sql(st, e.getMessage()); }")]
    [InlineData("static class Own extends RuntimeException { final String code; Own(String c) { code = c; } String code() { return code; } }", "try { throw new Own(p); } catch (Own e) { sql(st, e.code()); }", "try { throw new Own(p); } catch (IllegalStateException e) { sql(st, e.getMessage()); }")]
    public void What_is_thrown_comes_to_who_catches_it(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("static class R { Statement s; public void go(String x) throws Exception { s.executeQuery(x); } }", "Class.forName(\"a.T$R\").getMethod(\"go\", String.class).invoke(new R(), p);", "Class.forName(\"a.T$R\").getMethod(\"go\", String.class).invoke(new R(), \"a\");")]
    [InlineData("static class R { Statement s; public void go(String x) throws Exception { s.executeQuery(x); } }", "R.class.getDeclaredMethod(\"go\", String.class).invoke(new R(), new Object[] { p });", "R.class.getDeclaredMethod(\"go\", String.class).invoke(new R(), new Object[] { \"a\" });")]
    [InlineData("", "String[][] x = { { \"a\", p }, { \"b\" } }; sql(st, x[0][1]);", "String[][] x = { { \"a\", p }, { \"b\" } }; sql(st, x[1][0]);")]
    [InlineData("", "String[][] x = new String[2][2]; x[0][1] = p; sql(st, x[0][1]);", "String[][] x = new String[2][2]; x[0][1] = p; String[][] y = new String[2][2]; sql(st, y[0][1]);")]
    [InlineData("String second(String... parts) { return parts[1]; }", "sql(st, second(\"a\", p));", "sql(st, second(p, \"a\"));")]
    [InlineData("static class U { String n; String m; String getN() { return n; } void go(Statement s, String x) throws Exception { s.executeQuery(x); } } List<U> us; Map<String, U> um;", "us.get(0).go(st, p); ", "us.get(0).getN(); um.get(\"a\").getN();")]
    [InlineData("static class U { void go(Statement s, String x) throws Exception { s.executeQuery(x); } } Map<String, List<U>> um;", "um.get(\"a\").get(0).go(st, p);", "um.get(\"a\").get(0).go(st, \"a\");")]
    [InlineData("static class U { void go(Statement s, String x) { try { s.executeQuery(x); } catch (Exception e) { } } } Optional<U> of() { return null; } List<U> us;", "us.stream().filter(u -> u != null).forEach(u -> u.go(st, p));", "of().get().go(st, \"a\"); us.forEach(u -> u.go(st, \"a\"));")]
    public void Types_of_elements_and_calls_by_name_are_known(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setFeature(\"http://apache.org/xml/features/disallow-doctype-decl\", false); f.newDocumentBuilder().parse(r.getInputStream());", "DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setFeature(\"http://apache.org/xml/features/disallow-doctype-decl\", true); f.newDocumentBuilder().parse(r.getInputStream());")]
    [InlineData("DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setFeature(\"http://xml.org/sax/features/external-general-entities\", false); f.newDocumentBuilder().parse(r.getInputStream());", "DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setFeature(\"http://xml.org/sax/features/external-general-entities\", false); f.setFeature(\"http://xml.org/sax/features/external-parameter-entities\", false); f.newDocumentBuilder().parse(r.getInputStream());")]
    [InlineData("DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true); f.newDocumentBuilder().parse(r.getInputStream());", "DocumentBuilderFactory f = DocumentBuilderFactory.newInstance(); f.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, \"\"); f.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, \"\"); f.newDocumentBuilder().parse(r.getInputStream());")]
    [InlineData("XMLInputFactory f = XMLInputFactory.newInstance(); f.setProperty(XMLInputFactory.SUPPORT_DTD, true); f.createXMLStreamReader(r.getInputStream());", "XMLInputFactory f = XMLInputFactory.newInstance(); f.setProperty(XMLInputFactory.SUPPORT_DTD, false); f.createXMLStreamReader(r.getInputStream());")]
    [InlineData("XMLInputFactory f = XMLInputFactory.newFactory(); f.createXMLEventReader(r.getReader());", "XMLInputFactory f = XMLInputFactory.newFactory(); f.setProperty(\"javax.xml.stream.isSupportingExternalEntities\", Boolean.FALSE); f.createXMLEventReader(r.getReader());")]
    [InlineData("TransformerFactory f = TransformerFactory.newInstance(); f.newTransformer().transform(new StreamSource(r.getReader()), null);", "TransformerFactory f = TransformerFactory.newInstance(); f.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, \"\"); f.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, \"\"); f.newTransformer().transform(new StreamSource(r.getReader()), null);")]
    [InlineData("Schema s = SchemaFactory.newInstance(\"x\").newSchema(); s.newValidator().validate(new StreamSource(r.getReader()));", "Validator v = SchemaFactory.newInstance(\"x\").newSchema().newValidator(); v.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, \"\"); v.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, \"\"); v.validate(new StreamSource(r.getReader()));")]
    [InlineData("new org.yaml.snakeyaml.Yaml(new org.yaml.snakeyaml.LoaderOptions()).load(r.getParameter(\"a\"));", "new org.yaml.snakeyaml.Yaml(new org.yaml.snakeyaml.constructor.SafeConstructor(new org.yaml.snakeyaml.LoaderOptions())).load(r.getParameter(\"a\"));")]
    [InlineData("new org.yaml.snakeyaml.Yaml(new org.yaml.snakeyaml.constructor.Constructor(Object.class)).load(r.getParameter(\"a\"));", "new org.yaml.snakeyaml.Yaml(new Careful()).load(r.getParameter(\"a\"));")]
    public void Only_what_closes_a_reader_closes_it(string bad, string good)
    {
        var run = (string body) => FlowCase.Ids(FlowCase.Run([("T.java", $$"""package a; import javax.xml.*; import javax.xml.parsers.*; import javax.xml.stream.*; import javax.xml.transform.*; import javax.xml.transform.stream.*; import javax.xml.validation.*; import javax.servlet.http.*; class Careful extends org.yaml.snakeyaml.constructor.SafeConstructor { } class T extends HttpServlet { public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { {{body}} } }""")]));
        Assert.NotEmpty(run(bad));
        Assert.Empty(run(good));
    }

    [Theory]
    [InlineData("if (\"on\".equals(f.getProperty(\"k\"))) { return; } sql(st, p);")]
    [InlineData("String x = p; switch (f.getProperty(\"k\")) { case \"off\": break; default: x = \"a\"; } sql(st, x);")]
    [InlineData("String x = f.getProperty(\"k\").equals(\"on\") ? \"a\" : p; sql(st, x);")]
    [InlineData("String x = (f.getProperty(\"k\") + \"\").isEmpty() ? p : \"a\"; sql(st, x);")]
    public void A_property_of_one_deployment_closes_no_way(string body) =>
        Assert.Equal(["sql"], FlowCase.Ids(FlowCase.Run([("T.java", $$"""package a; import java.util.*; import java.sql.*; import javax.servlet.http.*; class T extends HttpServlet { Statement st; Properties f; void sql(Statement s, String x) throws Exception { s.executeQuery(x); } public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { String p = r.getParameter("p"); {{body}} } }""")], properties: new Dictionary<string, string> { ["k"] = "on" })));

    [Fact]
    public void A_guess_is_no_knowledge()
    {
        static FlowResult Of(string body) => FlowCase.Run([("A.java", $"class A {{ void q(com.lib.X x, java.sql.Connection c, String p) throws Exception {{ {body} }} }}")]);
        Assert.Equal((1, 1), (Of("c.prepareStatement(p);").Calls, Of("c.prepareStatement(p);").KnownCalls));
        Assert.Equal((1, 0), (Of("x.prepareStatement(p);").Calls, Of("x.prepareStatement(p);").KnownCalls));
        Assert.Equal((1, 0), (Of("c.someOther(p);").Calls, Of("c.someOther(p);").KnownCalls));
    }

    private static void Twin(string members, string bad, string good)
    {
        Assert.Equal(["sql"], FlowCase.Body(bad, members));
        Assert.Empty(FlowCase.Body(good, members));
    }
}
