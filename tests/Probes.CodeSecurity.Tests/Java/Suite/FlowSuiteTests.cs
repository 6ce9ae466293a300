namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Every kind of dangerous place behind every kind of way, as twins: what brings a foreign text there is found, and what cannot is not.</summary>
public sealed class FlowSuiteTests
{
    private const string Imports = "import java.io.*; import java.util.*; import java.util.function.*; import javax.servlet.http.*;";

    public static TheoryData<string> Weaknesses => [.. SuiteSinks.All.Select(s => s.Weakness).Distinct()];

    [Theory]
    [MemberData(nameof(Weaknesses))]
    public void Every_way_to_it_is_seen_and_nothing_else(string weakness)
    {
        var cases = Cases(weakness).ToList();
        var found = FlowCase.Run([.. cases.Select(c => (c.File, c.Text))]).Found
            .Where(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == weakness && f.Way is not null).Select(f => f.Site.File).ToHashSet(StringComparer.Ordinal);
        var wrong = cases.Where(c => c.IsBad != found.Contains(c.File)).Select(c => $"{(c.IsBad ? "missed" : "mistaken")} {c.File}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<(string File, bool IsBad, string Text)> Cases(string weakness) =>
        from sink in SuiteSinks.All.Where(s => s.Weakness == weakness).Select((s, i) => (s, i))
        from shape in SuiteShapes.All
        from isBad in new[] { true, false }
        let package = $"s{sink.i}.{shape.Name.ToLowerInvariant()}{(isBad ? "bad" : "good")}"
        select ($"src/{package.Replace('.', '/')}/T.java", isBad, $$"""
            package {{package}}; {{Imports}}
            {{shape.Types}}
            class T extends HttpServlet {
              {{sink.s.Members}} {{shape.Members}}
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String p = r.getParameter("p");
                {{(isBad ? shape.Bad : shape.Good)}}
                {{sink.s.Code}}
              }
            }
            """);
}
