namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of flows nobody is sure of: of the bad one there is nothing to doubt.</summary>
public sealed class FlowDoubtTwinTests
{
    private const string Members = """
        interface Dao { boolean insert(String a); boolean saveUser(String a); boolean allowed(String a); }
        Dao dao; com.lib.Cache cache; com.lib.Texts lib;
        String buildSQL(String x) { return "select " + x; } String injectName(String x) { return lib.go(x); } String getValid(String x) { return lib.go(x); } String filterList(String x) { return lib.go(x); }
        String escapeSQL(String x) { return lib.go(x); } String sqlInject(String x) { return lib.go(x); } String validateName(String x) { return lib.go(x); } String filterHtml(String x) { return lib.go(x); }
        void runSQL(String x) { if (x.length() > 9) { throw new IllegalStateException(); } }
        void assertSafe(String x) { if (x.length() > 9) { throw new IllegalStateException(); } }
        """;

    [Theory]
    [InlineData("sql(st, buildSQL(p));", "sql(st, escapeSQL(p));")]
    [InlineData("sql(st, injectName(p));", "sql(st, sqlInject(p));")]
    [InlineData("sql(st, getValid(p));", "sql(st, validateName(p));")]
    [InlineData("sql(st, filterList(p));", "sql(st, filterHtml(p));")]
    [InlineData("if (!dao.insert(p)) { return; } sql(st, p);", "if (!dao.allowed(p)) { return; } sql(st, p);")]
    [InlineData("if (!dao.saveUser(p)) { return; } sql(st, p);", "if (!lib.fine(p)) { return; } sql(st, p);")]
    [InlineData("cache.invalidate(p); sql(st, p);", "cache.validate(p); sql(st, p);")]
    [InlineData("runSQL(p); sql(st, p);", "assertSafe(p); sql(st, p);")]
    public void Only_what_is_named_after_a_check_leaves_a_doubt(string sure, string doubted)
    {
        Assert.False(IsDoubted(sure));
        Assert.True(IsDoubted(doubted));
    }

    private static bool IsDoubted(string body) => FlowCase.Run([("src/T.java", $$"""
        package a; import java.sql.*; import javax.servlet.http.*;
        class T extends HttpServlet { Statement st; static void sql(Statement s, String x) throws Exception { s.executeQuery(x); } {{Members}}
          public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { String p = r.getParameter("p"); {{body}} } }
        """)]).Found.Single(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "sql").IsDoubted;

    [Theory]
    [InlineData("com.lib.Texts.fine(s)", 0, true)]
    [InlineData("s.matches(\"[a-z]*\")", 1, false)]
    public void A_validator_nobody_could_read_is_not_believed(string says, int believed, bool isFound)
    {
        var seen = FlowCase.Run([("src/C.java", $$"""
            package a; import javax.validation.*; import org.springframework.web.bind.annotation.*;
            @Constraint(validatedBy = V.class) @interface Fine { }
            class V implements ConstraintValidator<Fine, String> { public boolean isValid(String s, ConstraintValidatorContext c) { return {{says}}; } }
            class B { @Fine String n; }
            @RestController class C { java.sql.Statement st; @PostMapping("/a") void q(@Valid @RequestBody B b) throws Exception { st.executeQuery("x" + b.n); } }
            """)]);
        Assert.Equal(believed, Math.Min(1, seen.Believed.Count));
        var found = seen.Found.Where(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "sql").ToList();
        Assert.Equal(isFound, found.Count == 1 && found[0].IsDoubted);
    }
}
