using System.Reflection;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Judges small trees by the rules of this repository.</summary>
internal static class SettingCase
{
    private static readonly Lazy<IReadOnlyList<SettingTable>> Read = new(Load);

    public static IReadOnlyList<SettingTable> Tables => Read.Value;

    public static IReadOnlyList<SettingRule> Rules { get; } = [.. Read.Value.SelectMany(t => t.Rules)];

    private static readonly SettingAnalysis Analysis = new(Rules);

    public static SettingResult Run(params (string Path, string Text)[] files) => Run(null, files);

    public static SettingResult Run(SettingLimits? limits, params (string Path, string Text)[] files) => Run(Analysis, limits, files);

    public static SettingResult Run(SettingAnalysis analysis, SettingLimits? limits, params (string Path, string Text)[] files)
    {
        SortedDictionary<string, string> Of(Func<string, bool> which) => new(files.Where(f => which(f.Path)).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal), StringComparer.Ordinal);
        var sources = new JavaSources(Of(JavaSources.IsJava), Of(p => p.EndsWith(".xml", StringComparison.Ordinal)), [], [], [], [], true) { Settings = Of(SettingFiles.Is) };
        var program = new JavaProgram([.. sources.Java.Select(j => (j.Key, new JavaParser().Parse(j.Value)))], FlowCase.Apis, new Dictionary<string, string>());
        Assert.All(program.Files, f => Assert.Empty(f.Unit.Gaps));
        return analysis.Run(sources, program, new FlowTexts(sources), CancellationToken.None, limits);
    }

    public static IReadOnlyList<string> Ids(params (string Path, string Text)[] files) => [.. Run(files).Defects.Select(d => d.RuleId)];

    private static List<SettingTable> Load()
    {
        var root = typeof(SettingCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var faults = new FaultList();
        var tables = Directory.EnumerateFiles(Path.Combine(root, "rulesets", "code-security", "settings"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => new SettingTableReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<SettingTable>().ToList();
        faults.ThrowIfAny();
        return tables;
    }
}
