using System.Globalization;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class FlowDefectsTests
{
    private const string Dao = "package a; class Dao { java.sql.Statement s; void find(String n) throws Exception { s.executeQuery(\"select '\" + n + \"'\"); } }\n";

    [Fact]
    public void One_dangerous_place_of_many_entries_is_one_defect_that_counts_them()
    {
        var controllers = Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            package a; import org.springframework.web.bind.annotation.*;
            class C{{i:00}} { Dao dao;
              {{(i == 7 ? "@GetMapping(\"/a\") void q(String n) throws Exception { dao.find(n); }" : "@GetMapping(\"/a\") void q(String n) throws Exception { String m = pass(n);\n dao.find(m); }\n String pass(String x) { return x.trim(); }")}}
            }
            """)).Select((text, i) => ($"src/C{i:00}.java", text));
        var defect = Assert.Single(Analyze([("src/Dao.java", Dao), .. controllers]).Seen);
        Assert.Equal(("src/Dao.java", 1), (defect.File, defect.Line));
        Assert.Equal("src/C07.java", defect.Flow[0].File);
        Assert.Equal(39, defect.OtherEntries!.Count);
        Assert.Equal(["src/C00.java", "src/C01.java"], defect.OtherEntries.First.Take(2).Select(o => o.File));
        Assert.InRange(defect.OtherEntries.First.Count, 1, 20);
        Assert.Contains("另有 39 个入口", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_shows_its_line_with_the_piece_and_no_secret()
    {
        var text = "import javax.servlet.http.*;\nclass A {\n  void q(HttpServletRequest r, java.sql.Statement s) throws Exception {\n    String n = pick(r.getParameter(\"n\"), \"password=Zx9#kk21\");\n    s.executeQuery(n);\n  }\n  String pick(String a, String b) { return a; }\n}\n";
        var defect = Assert.Single(Analyze([("src/A.java", text)]).Seen, d => d.RuleId == "JT-SQL");
        var (first, last) = (defect.Flow[0].Code!, defect.Flow[^1].Code!);
        Assert.Equal("getParameter", text.Split('\n')[3].Substring(first.Column - 1, first.Length));
        Assert.DoesNotContain("Zx9", first.Text, StringComparison.Ordinal);
        Assert.Equal("executeQuery", last.Text.Substring(last.Mark!.Value, last.Length));
        Assert.Equal(7, last.Column);
    }

    [Fact]
    public void Of_a_parameter_its_name_is_the_piece()
    {
        var text = "import org.springframework.web.bind.annotation.*;\nclass A { java.sql.Statement s;\n  @GetMapping(\"/a\") void q(@RequestParam(\"name\") String nameOf, String name) throws Exception {\n    s.executeQuery(name);\n  }\n}\n";
        var code = Assert.Single(Analyze([("src/A.java", text)]).Seen).Flow[0].Code!;
        Assert.Equal(("name", text.Split('\n')[2].LastIndexOf("name", StringComparison.Ordinal) + 1), (code.Text.Substring(code.Mark!.Value, code.Length), code.Column));
    }

    [Fact]
    public void Of_a_line_too_long_to_show_the_stretch_around_the_piece_is_shown()
    {
        var text = $"import javax.servlet.http.*; class A {{ /* {new string('x', 900)} */ void q(HttpServletRequest r, java.sql.Statement s) throws Exception {{ String n = r.getParameter(\"n\"); s.executeQuery(n); }} /* {new string('y', 900)} */ }}\n";
        var code = Assert.Single(Analyze([("src/A.java", text)]).Seen).Flow[^1].Code!;
        Assert.InRange(code.Text.Length, 20, 200);
        Assert.Equal("executeQuery", text.Substring(code.Column - 1, code.Length));
        Assert.Equal("executeQuery", code.Text.Substring(code.Mark!.Value, code.Length));
    }

    internal static JavaAnalysis Analyze(IReadOnlyList<(string Path, string Text)> files, Model.ProjectFlows? project = null, DateOnly? today = null)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var analysis = new JavaTreeAnalysis(FlowCase.Tables, project: project);
        return analysis.Tell(analysis.Run(folder.Path, CancellationToken.None)!, DefectStates.Of(project ?? Model.ProjectFlows.None, today ?? new DateOnly(2026, 1, 1)));
    }
}
