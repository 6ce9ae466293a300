using System.Reflection;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Runs flows over small programs with the tables of this repository.</summary>
internal static class FlowCase
{
    private static readonly Lazy<IReadOnlyList<FlowTable>> Read = new(Load);
    private static readonly Lazy<ApiIndex> Index = new(() => new ApiIndex(Tables));

    public static IReadOnlyList<FlowTable> Tables => Read.Value;

    public static ApiIndex Apis => Index.Value;

    public const string Head = "package a; import java.io.*; import java.util.*; import java.util.function.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*;";

    /// <param name="members">Of a class with <c>r</c> for requests and <c>run</c> to reach: <c>sql(x)</c> is dangerous.</param>
    /// <returns>Ids of weaknesses, each once.</returns>
    public static IReadOnlyList<string> Of(string members) =>
        Ids(Run([("src/T.java", $$"""
            {{Head}}
            class T extends HttpServlet {
              Statement st;
              static void sql(Statement s, String x) throws Exception { s.executeQuery(x); }
              {{members}}
            }
            """)]));

    /// <summary>The body of a servlet's method; <c>p</c> is a parameter of the request.</summary>
    public static IReadOnlyList<string> Body(string body, string members = "") =>
        Of($"{members} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); {body} }}");

    public static FlowResult Run(IReadOnlyList<(string Path, string Text)> files, IReadOnlyList<(string, string)>? markup = null, FlowLimits? limits = null, Dictionary<string, string>? properties = null)
    {
        var parser = new JavaParser();
        var units = files.Select(f => (f.Path, parser.Parse(f.Text))).ToList();
        Assert.All(units, u => Assert.Empty(u.Item2.Gaps));
        return FlowAnalysis.Run(new JavaProgram(units, Apis, properties ?? []), markup ?? [], limits);
    }

    public static IReadOnlyList<string> Ids(FlowResult result) => [.. result.Found.Select(f => Apis.Weaknesses[f.Weakness].Id).Distinct()];

    private static List<FlowTable> Load()
    {
        var root = typeof(FlowCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var faults = new FaultList();
        var tables = Directory.EnumerateFiles(Path.Combine(root, "rulesets", "code-security", "flows"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => new FlowTableReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<FlowTable>().ToList();
        faults.ThrowIfAny();
        return tables;
    }
}
