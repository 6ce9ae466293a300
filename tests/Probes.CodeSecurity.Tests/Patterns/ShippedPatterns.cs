using System.Reflection;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The pattern tables of this repository.</summary>
internal static class ShippedPatterns
{
    private static readonly Lazy<IReadOnlyList<CodePatternTable>> Read = new(Load);
    private static readonly Lazy<PatternExaminer> Whole = new(() => new PatternExaminer(Tables));

    public static PatternExaminer Examiner => Whole.Value;

    public static string RepositoryRoot { get; } =
        typeof(ShippedPatterns).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<CodePatternTable> Tables => Read.Value;

    public static SourceFindings Examine(SourceLanguage language, string code, string path = "a") =>
        Whole.Value.Examine(Tokenizer.Tokenize(new SourceFile(path, language, code, "utf-8", code.AsSpan().Count('\n') + 1)));

    /// <summary>A table of the words of one file, or its mistakes.</summary>
    public static (CodePatternTable? Table, FaultList Faults) Of(string yaml)
    {
        var faults = new FaultList();
        return (new CodePatternReader(faults).Read("a/patterns/a.yaml", System.Text.Encoding.UTF8.GetBytes(yaml)), faults);
    }

    private static List<CodePatternTable> Load()
    {
        var faults = new FaultList();
        var tables = Directory.EnumerateFiles(Path.Combine(RepositoryRoot, "rulesets", "code-security", "patterns"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => new CodePatternReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<CodePatternTable>().ToList();
        faults.ThrowIfAny();
        return tables;
    }
}
