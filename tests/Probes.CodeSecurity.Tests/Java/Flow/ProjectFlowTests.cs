using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class ProjectFlowTests
{
    private static readonly ProjectFlows Own = new()
    {
        Sources = [new ProjectSource("acme.Envelope", ["body"], "网关报文")],
        Sinks = [new ProjectSink("acme.Runner", ["run"], [0], "sql")],
        Entries = [new ProjectEntry("acme.Open", "开放接口")],
        Sanitizers =
        [
            new ProjectSanitizer { Type = "acme.Safe", Calls = ["sql"], Cleans = ["JT-SQL"], Reason = "按白名单取值", Author = "安全组", Until = new DateOnly(2026, 6, 30), Place = "candidate.yaml(9,5)" },
            new ProjectSanitizer { Type = "acme.Check", Calls = ["ok"], Guards = ["sql"], Reason = "只放行编码", Author = "安全组", Until = new DateOnly(2026, 6, 30), Place = "candidate.yaml(10,5)" },
        ],
    };

    private static readonly (string, string)[] Tree =
    [
        ("acme/Envelope.java", "package acme; public class Envelope { native String body(); }"),
        ("acme/Runner.java", "package acme; public class Runner { public void run(String q, String note) { } }"),
        ("acme/Safe.java", "package acme; public class Safe { public static String sql(String x) { return x; } }"),
        ("acme/Check.java", "package acme; public class Check { public static boolean ok(String x) { return x.length() < 9; } }"),
        ("acme/Open.java", "package acme; public @interface Open { }"),
    ];

    [Theory]
    [InlineData("void q(Runner u, Envelope e) { u.run(e.body(), \"\"); }", true)]
    [InlineData("void q(Runner u, Envelope e) { u.run(\"\", e.body()); }", false)]
    [InlineData("@Open void q(Runner u, String n) { u.run(n, \"\"); }", true)]
    [InlineData("void q(Runner u, String n) { u.run(n, \"\"); }", false)]
    [InlineData("@Open void q(ext.Lib l, Runner u, String n) { u.run(l.make(n), \"\"); }", true)]
    public void Declared_sources_sinks_and_entries_are_followed(string method, bool isBad)
    {
        (string, string)[] files = [.. Tree, ("a/A.java", $"package a; import acme.*; class A {{ {method} }}")];
        Assert.Equal(isBad, FlowDefectsTests.Analyze(files, Own).Seen.Any(d => d.RuleId == "JT-SQL"));
        Assert.Empty(FlowDefectsTests.Analyze(files).Seen);
    }

    [Theory]
    [InlineData("u.run(Safe.sql(n), \"\");", "acme.Safe.sql")]
    [InlineData("if (!Check.ok(n)) { return; } u.run(n, \"\");", "acme.Check.ok")]
    [InlineData("if (n.isEmpty()) { n = Safe.sql(n); } u.run(n, \"\");", null)]
    [InlineData("u.run(n, Safe.sql(n));", null)]
    public void What_only_a_declared_sanitizer_stops_is_listed_with_its_name_and_known_of_nothing(string body, string? name)
    {
        (string, string)[] files = [.. Tree, ("a/A.java", $"package a; import acme.*; class A {{ @Open void q(Runner u, String n) {{ {body} }} }}")];
        var seen = FlowDefectsTests.Analyze(files, Own);
        var defect = Assert.Single(seen.Seen, d => d.File == "a/A.java");
        Assert.Equal(name is null ? null : [name], defect.DeclaredClean);
        Assert.Equal(name is null, seen.HasSevereInjection.IsKnown);
        Assert.Equal(name is not null, defect.IsSuppressed);
        Assert.Equal(name is null ? [] : ["injection"], seen.AwaitsAcceptance);
        if (name is not null)
        {
            Assert.Contains($"按项目声明，{name}", defect.Suppression!.Reason, StringComparison.Ordinal);
            Assert.Equal(("安全组", SuppressionKind.Declared), (defect.Suppression.Reviewer, defect.Suppression.Kind));
            Assert.NotEmpty(defect.Flow);
        }
    }

    /// <summary>A project speaks of its own methods; what the tables know of those above, or of the same, stays.</summary>
    [Theory]
    [InlineData("acme.Base", "queryForList")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate", "queryForList")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate", "other")]
    public void What_a_project_declares_switches_no_sink_of_the_tables_off(string type, string call)
    {
        (string, string)[] files = [.. Tree,
            ("acme/Base.java", "package acme; public class Base extends org.springframework.jdbc.core.JdbcTemplate { }"),
            ("a/A.java", "package a; import acme.*; class A { @Open void q(Base b, org.springframework.jdbc.core.JdbcTemplate t, String n) {\n b.queryForList(n);\n t.queryForList(n);\n } }")];
        string[] Lines(ProjectFlows flows) => [.. FlowDefectsTests.Analyze(files, flows).Seen.Where(d => d.RuleId == "JT-SQL").Select(d => $"{d.File}:{d.Line}").Order(StringComparer.Ordinal)];
        Assert.Equal(["a/A.java:2", "a/A.java:3"], Lines(Own));
        Assert.Equal(["a/A.java:2", "a/A.java:3"], Lines(Own with { Sources = [new ProjectSource(type, [call], "报文")] }));
        Assert.Equal(["a/A.java:2", "a/A.java:3"], Lines(Own with { Sinks = [new ProjectSink(type, [call], [5], "xss")] }));
        (string, string) stub = ("lib/JdbcTemplate.java", "package org.springframework.jdbc.core; public interface JdbcTemplate { java.util.List queryForList(String q); }");
        files = [.. Tree, stub, ("a/A.java", "package a; import acme.*; class A { @Open void q(org.springframework.jdbc.core.JdbcTemplate t, String n) {\n t.queryForList(n);\n } }")];
        Assert.Equal(["a/A.java:2"], Lines(Own with { Sinks = [new ProjectSink(type, [call], [5], "xss")] }));
    }

    /// <summary>Nor a source: what is declared to clean is cleaned of that and of nothing else.</summary>
    [Theory]
    [InlineData("acme.Req", "sink")]
    [InlineData("acme.Req", "sql")]
    [InlineData("javax.servlet.http.HttpServletRequest", "sql")]
    [InlineData("acme.Req", "guard")]
    public void What_a_project_declares_switches_no_source_of_the_tables_off(string type, string how)
    {
        (string, string)[] files = [.. Tree,
            ("acme/Req.java", "package acme; public abstract class Req extends javax.servlet.http.HttpServletRequestWrapper { }"),
            ("a/A.java", $"package a; import acme.*; class A {{ java.sql.Statement s; void q({type} r) throws Exception {{ String n = r.getParameter(\"a\");\n Runtime.getRuntime().exec(n);\n s.execute(n);\n }} }}")];
        var safe = Own.Sanitizers[0] with { Type = type, Calls = ["getParameter"] };
        var flows = how switch
        {
            "sink" => Own with { Sinks = [new ProjectSink(type, ["getParameter"], [0], "xss")] },
            "sql" => Own with { Sanitizers = [safe] },
            _ => Own with { Sanitizers = [safe with { Cleans = [], Guards = ["sql"] }] },
        };
        var seen = FlowDefectsTests.Analyze(files, flows).Seen.Where(d => d.RuleId is "JT-CMD" or "JT-SQL").OrderBy(d => d.Line).Select(d => (d.RuleId, d.IsSuppressed));
        Assert.Equal([("JT-CMD", false), ("JT-SQL", how == "sql")], seen);
    }

    /// <summary>What a project calls its input changes nothing of how sure it is that it is a stranger's.</summary>
    [Theory]
    [InlineData("void q(Envelope e) throws Exception { new java.io.FileInputStream(\"/d/\" + e.body()); }")]
    [InlineData("@Open void q(String n) throws Exception { new java.io.FileInputStream(\"/d/\" + n); }")]
    public void What_a_project_calls_its_input_makes_it_no_less_sure(string method)
    {
        (string, string)[] files = [.. Tree, ("a/A.java", $"package a; import acme.*; class A {{ {method} }}")];
        var flows = Own with { Sources = [new ProjectSource("acme.Envelope", ["body"], "路径参数")], Entries = [new ProjectEntry("acme.Open", "路径参数")] };
        var defect = Assert.Single(FlowDefectsTests.Analyze(files, flows).Seen, d => d.RuleId == "JT-PATH");
        Assert.Equal(CodeConfidence.High, defect.Confidence);
        Assert.Contains("（路径参数", defect.Message, StringComparison.Ordinal);
    }

    /// <summary>It adds to what the tables know of an entry: fields that a container fills, who chooses what, and its name.</summary>
    [Theory]
    [InlineData("@javax.ws.rs.QueryParam(\"a\") String f; @javax.ws.rs.GET @Open public void q() throws Exception { Runtime.getRuntime().exec(f); }", true)]
    [InlineData("@javax.websocket.OnOpen @Open public void q(String n) throws Exception { Runtime.getRuntime().exec(n); }", false)]
    public void A_declared_entry_takes_nothing_away_of_one_of_the_tables(string members, bool isTabled)
    {
        (string, string)[] files = [.. Tree, ("a/A.java", $"package a; import acme.*; class A {{ {members} }}")];
        string? First(ProjectFlows? flows) => FlowDefectsTests.Analyze(files, flows).Seen.Where(d => d.RuleId == "JT-CMD").Select(d => d.Flow[0].Message).SingleOrDefault();
        Assert.Equal(isTabled, First(null) is not null);
        Assert.NotNull(First(Own));
        Assert.True(!isTabled || First(null) == First(Own));
    }

    [Fact]
    public void A_declaration_that_has_expired_stops_nothing()
    {
        (string, string)[] files = [.. Tree, ("a/A.java", "package a; import acme.*; class A { @Open void q(Runner u, String n) { u.run(Safe.sql(n), \"\"); } }")];
        var seen = FlowDefectsTests.Analyze(files, Own, new DateOnly(2026, 7, 1));
        Assert.True(seen.HasSevereInjection.Value);
        Assert.Equal(SuppressionStanding.Expired, Assert.Single(seen.Seen).Suppression!.Standing);
    }

    /// <summary>Which of several it was nobody can tell, but a name that only ends like another is none of them.</summary>
    [Theory]
    [InlineData("u.run(Other.mysql(n), \"\");", 5, true, "acme.Other.mysql")]
    [InlineData("u.run(Other.mysql(n), \"\");", 8, false, "acme.Other.mysql")]
    [InlineData("u.run(Safe.sql(Other.mysql(n)), \"\");", 5, true, "acme.Other.mysql", "acme.Safe.sql")]
    [InlineData("u.run(Safe.sql(Other.mysql(n)), \"\");", 7, false, "acme.Other.mysql", "acme.Safe.sql")]
    [InlineData("if (!Check.ok(n)) {\n return; }\n n = Other.mysql(n);\n u.run(n, \"\");", 5, true, "acme.Check.ok", "acme.Other.mysql")]
    [InlineData("if (!Check.ok(n)) {\n return; }\n u.run(n, \"\");", 7, false, "acme.Check.ok")]
    public void All_declarations_that_may_have_stopped_it_have_to_be_in_effect(string body, int month, bool isSuppressed, params string[] names)
    {
        ProjectSanitizer other = new() { Type = "acme.Other", Calls = ["mysql"], Cleans = ["sql"], Reason = "另一种", Author = "平台组", Until = new DateOnly(2026, 7, 31), Place = "candidate.yaml(11,5)" };
        (string, string)[] files = [.. Tree, ("acme/Other.java", "package acme; public class Other { public static String mysql(String x) { return x; } }"), ("a/A.java", $"package a; import acme.*; class A {{ @Open void q(Runner u, String n) {{ {body} }} }}")];
        var defect = Assert.Single(FlowDefectsTests.Analyze(files, Own with { Sanitizers = [.. Own.Sanitizers, other] }, new DateOnly(2026, month, 1)).Seen, d => d.RuleId == "JT-SQL");
        Assert.Equal(names, defect.DeclaredClean);
        Assert.Equal(isSuppressed, defect.IsSuppressed);
        Assert.Contains($"经过 {string.Join(" 或 ", names)} 的值", defect.Message, StringComparison.Ordinal);
        var said = defect.Suppression!;
        Assert.Equal((names.Length > 1 || names[0] != "acme.Other.mysql", names.Contains("acme.Other.mysql")), (said.Reviewer!.Contains("安全组", StringComparison.Ordinal), said.Reviewer.Contains("平台组", StringComparison.Ordinal)));
    }

    /// <summary>A check gives nothing back in the eyes of the engine; what it does give back is still foreign for all that nobody said it checks.</summary>
    [Fact]
    public void What_no_declaration_is_said_to_stop_is_a_defect_like_any_other()
    {
        ProjectSanitizer pick = new() { Type = "ext.Pick", Calls = ["known"], Guards = ["sql"], Reason = "白名单", Author = "安全组", Until = new DateOnly(2026, 6, 30), Place = "candidate.yaml(11,5)" };
        (string, string)[] files = [.. Tree, ("a/A.java", "package a; import acme.*; class A { ext.Pick p; @Open void q(String n) throws Exception { Runtime.getRuntime().exec(p.known(n)); } }")];
        var defect = Assert.Single(FlowDefectsTests.Analyze(files, Own with { Sanitizers = [.. Own.Sanitizers, pick] }).Seen, d => d.RuleId == "JT-CMD");
        Assert.Null(defect.DeclaredClean);
        Assert.False(defect.IsSuppressed);
    }

    /// <summary>What a declaration stops is only known where the tree was gone through without it to the end.</summary>
    [Fact]
    public void What_was_cut_without_the_declarations_is_told_and_leaves_the_analysis_open()
    {
        using var folder = new TestKit.TemporaryFolder();
        foreach (var (path, text) in Tree.Append(("a/A.java", "package a; import acme.*; class A { @Open void q(Runner u, String n) { all(u, Safe.sql(n)); }\n void all(Runner u, String n) { String m = Safe.sql(n); u.run(m, \"\");\n u.run(m, \"\");\n u.run(m, \"\");\n } }")))
        {
            folder.Write(path, text);
        }

        JavaAnalysis Run(ProjectFlows project) => new JavaTreeAnalysis(FlowCase.Tables, FlowLimits.Default with { Hits = 2 }, project: project).Run(folder.Path, CancellationToken.None)!;
        var seen = Run(Own);
        Assert.False(seen.IsComplete);
        Assert.Contains("A.all：不计项目声明的净化时，去向多于 2 个", Assert.Single(seen.Cut).Why, StringComparison.Ordinal);
        Assert.Equal(1, seen.CutCount);
        Assert.True(Run(Own with { Sinks = [] }).IsComplete);
    }

    [Fact]
    public void Declarations_are_part_of_the_record()
    {
        Assert.Contains(FlowDefectsTests.Analyze(Tree, Own).Declared, d => d.Contains("acme.Safe.sql", StringComparison.Ordinal) && d.Contains("按白名单取值", StringComparison.Ordinal) && d.Contains("安全组", StringComparison.Ordinal));

        // Somebody may quote what he should not.
        var spoken = Own with { Sanitizers = [.. Own.Sanitizers.Select(s => s with { Reason = "数据库口令是 Hx7kQ29zPd4，没有关系", Author = "安全组 password=Hx7kQ29zPd4" })] };
        Assert.DoesNotContain(FlowDefectsTests.Analyze(Tree, spoken).Declared, d => d.Contains("Hx7kQ29zPd4", StringComparison.Ordinal));
    }
}
