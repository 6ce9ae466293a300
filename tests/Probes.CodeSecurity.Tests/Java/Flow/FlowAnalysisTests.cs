namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class FlowAnalysisTests
{
    public static TheoryData<string, bool, string> Fixtures()
    {
        var data = new TheoryData<string, bool, string>();
        foreach (var weakness in FlowCase.Apis.Weaknesses)
        {
            foreach (var text in weakness.Bad)
            {
                data.Add(weakness.Id, true, text);
            }

            foreach (var text in weakness.Good)
            {
                data.Add(weakness.Id, false, text);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_weakness_is_found_in_its_bad_examples_and_in_none_of_its_good_ones(string id, bool isBad, string text) =>
        Assert.Equal(isBad, FlowCase.Ids(FlowCase.Run([("src/A.java", text)])).Contains(id));

    [Fact]
    public void A_way_is_told_from_where_it_enters_to_where_it_does_harm_across_files()
    {
        const string controller = "package a;\nimport org.springframework.web.bind.annotation.*;\n@RestController class C {\n  B service;\n  @GetMapping(\"/x\") int q(@RequestParam String name) {\n    String s = \"n='\" + name + \"'\";\n    return service.find(s);\n  }\n}";
        const string service = "package a;\ninterface B { int find(String where); }\nclass D implements B {\n  org.springframework.jdbc.core.JdbcTemplate jdbc;\n  public int find(String where) {\n    return jdbc.update(\"select \" + where);\n  }\n}";
        var found = Assert.Single(FlowCase.Run([("C.java", controller), ("D.java", service)]).Found);
        var ways = new List<string>();
        for (var step = found.Way; step is not null; step = step.Before)
        {
            ways.Insert(0, $"{step.Place.File} {step.What}");
        }

        Assert.Equal("C.java 外部输入（请求参数 name）", ways[0]);
        Assert.Equal("D.java update 使用", ways[^1]);
        Assert.Contains("C.java 传给 find", ways);
    }

    [Fact]
    public void Statements_of_MyBatis_are_dangerous_where_they_are_put_together()
    {
        const string mapper = "package a; import org.apache.ibatis.annotations.*; public interface M { @Select(\"select * from t where n='${n}'\") int one(@Param(\"n\") String n); @Select(\"select #{n}\") int two(String n); int three(String n); int four(@Param(\"x\") String x, @Param(\"y\") String y); }";
        const string xml = "<mapper namespace=\"a.M\"><sql id=\"w\">where ${x}</sql><select id=\"three\">select #{n}</select><select id=\"four\">select #{y} <include refid=\"w\"/></select></mapper>";
        static string Controller(string call) => $"package a; import org.springframework.web.bind.annotation.*; class C {{ M m; @GetMapping(\"/x\") void q(String p) {{ {call}; }} }}";
        foreach (var (call, isBad) in new[] { ("m.one(p)", true), ("m.two(p)", false), ("m.three(p)", false), ("m.four(p, \"a\")", true), ("m.four(\"a\", p)", false) })
        {
            Assert.Equal(isBad, FlowCase.Ids(FlowCase.Run([("M.java", mapper), ("C.java", Controller(call))], [("m.xml", xml)])).Contains("sql"));
        }
    }

    [Fact]
    public void A_value_of_a_property_file_is_known()
    {
        const string text = "import java.security.*; import java.util.*; class A { void q(Properties f) throws Exception { MessageDigest.getInstance(f.getProperty(\"alg\")); } }";
        Assert.Equal(["hash"], FlowCase.Ids(FlowCase.Run([("A.java", text)], properties: new Dictionary<string, string> { ["alg"] = "MD5" })));
        Assert.Empty(FlowCase.Ids(FlowCase.Run([("A.java", text)], properties: new Dictionary<string, string> { ["alg"] = "SM3" })));
    }

    [Fact]
    public void What_is_cut_short_is_told()
    {
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"x = x + {i};"));
        var result = FlowCase.Run([("A.java", $"class A {{ String q(String x) {{ {many} return x; }} }}")], limits: FlowLimits.Default with { Steps = 50 });
        Assert.Equal("q", Assert.Single(result.Cut).Method.Syntax.Name);
        Assert.NotEmpty(FlowCase.Run([("A.java", "class A { void q() { } }")], limits: FlowLimits.Default with { Time = TimeSpan.Zero }).Cut);
    }

    [Fact]
    public void Deep_and_odd_programs_bring_no_one_down()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 300)) + "x" + string.Concat(Enumerable.Repeat(")", 300));
        var chain = string.Concat(Enumerable.Range(0, 1_500).Select(i => $"void c{i}(String s) {{ c{i + 1}(s); }}\n"));
        FlowCase.Run([("A.java", $"class A extends A {{ String q(String x) {{ return {deep}; }} {chain} void c1500(String s) {{ }} }} class B extends C {{ }} class C extends B {{ void m() {{ this.m(); super.m(); }} }}")]);
    }
}
