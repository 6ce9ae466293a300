namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Where foreign input enters, by the tables and beyond their examples.</summary>
public sealed class EntryPointTests
{
    public static TheoryData<string, bool, string> Fixtures()
    {
        var data = new TheoryData<string, bool, string>();
        void Add(string name, IReadOnlyList<string> bad, IReadOnlyList<string> good)
        {
            foreach (var text in bad)
            {
                data.Add(name, true, text);
            }

            foreach (var text in good)
            {
                data.Add(name, false, text);
            }
        }

        foreach (var entry in FlowCase.Apis.Entries)
        {
            Add(entry.Kind, entry.Bad, entry.Good);
        }

        foreach (var answer in FlowCase.Apis.Answers)
        {
            Add(answer.Kind, answer.Bad, answer.Good);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_entry_is_found_in_its_bad_examples_and_in_none_of_its_good_ones(string kind, bool isBad, string text)
    {
        var found = FlowCase.Run([("src/A.java", text)]).Found;
        Assert.True(found.Count > 0 == isBad, text);
        Assert.All(found, f => Assert.Contains(kind, First(f.Way!), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@RestController class B implements I { public int q(String n, String k) { return A.run(n); } }", true)]
    [InlineData("@RestController class B implements I { public int q(String n, String k) { return A.run(k); } }", false)]
    [InlineData("@Org class B implements I { public int q(String n, String k) { return A.run(n); } } @RestController @interface Org { }", true)]
    [InlineData("class B extends Base { public int q(String n, String k) { return A.run(n); } } @RestController abstract class Base implements I { }", true)]
    [InlineData("@RestController class B { public int q(String n, String k) { return A.run(n); } }", false)]
    public void What_stands_on_the_interface_holds_for_the_controller(string controller, bool isBad)
    {
        const string head = "import org.springframework.web.bind.annotation.*; interface I { @GetMapping(\"/a\") int q(@RequestParam(\"n\") String n, @RequestAttribute(\"k\") String k); } class A { static java.sql.Statement s; static int run(String x) { try { return s.executeUpdate(x); } catch (Exception e) { return 0; } } }\n";
        Assert.Equal(isBad, FlowCase.Run([("src/A.java", head + controller)]).Found.Count > 0);
    }

    [Fact]
    public void Another_service_may_answer_beside_what_stands_in_for_it()
    {
        const string text = "import org.springframework.cloud.openfeign.FeignClient; @FeignClient(\"b\") interface M { String find(); } class Fallback implements M { public String find() { return \"\"; } } class A { M m; java.sql.Statement s; void q() throws Exception { s.executeQuery(\"select \" + m.find()); } }";
        Assert.Equal("存放过的数据（其他服务的应答 find）", First(Assert.Single(FlowCase.Run([("A.java", text)]).Found).Way!));
    }

    [Theory]
    [InlineData("private String n; public void setN(String n) { this.n = n; }", "s.executeQuery(n)", true)]
    [InlineData("private U n; public void setN(U n) { this.n = n; }", "s.executeQuery(n.t)", true)]
    [InlineData("private String n; String other() { return n; }", "s.executeQuery(n)", false)]
    [InlineData("private W n; public void setN(W n) { this.n = n; }", "s.executeQuery(n.find())", false)]
    [InlineData("private java.io.File n; public void setN(java.io.File n) { this.n = n; }", "new java.io.FileInputStream(n)", false)]
    [InlineData("private java.util.List<java.io.File> n; public void setN(java.util.List<java.io.File> n) { this.n = n; }", "new java.io.FileInputStream(n.get(0))", false)]
    public void A_container_fills_fields_that_hold_data(string field, string place, bool isBad)
    {
        var text = $"class U {{ String t; public String getT() {{ return t; }} }} class W {{ String u; String find() {{ return u; }} }} class A extends com.opensymphony.xwork2.ActionSupport {{ java.sql.Statement s; {field} public String execute() throws Exception {{ {place}; return \"\"; }} }}";
        Assert.Equal(isBad, FlowCase.Run([("src/A.java", text)]).Found.Count > 0);
    }

    internal static string First(TaintStep way)
    {
        var step = way;
        while (step.Before is { } before)
        {
            step = before;
        }

        return step.What;
    }
}
