using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Says which rules judged, so that nobody is shown an exit code 0 of a weakened folder without a word.</summary>
internal static class OtherRules
{
    /// <summary>On stderr, with digests; nothing where the tool's own rules judged.</summary>
    public static void Warn(RulesUsed rules)
    {
        if (ReportWords.OtherRules(rules) is not { } sentence)
        {
            return;
        }

        Console.Error.WriteLine(Printable.Of($"注意：{sentence}"));
        Listed(rules).ToList().ForEach(line => Console.Error.WriteLine(Printable.Of($"  {line}")));
    }

    /// <summary>What is not the tool's own, with digests; the report lists the rest.</summary>
    public static IEnumerable<string> Listed(RulesUsed rules)
    {
        var others = rules.Files.Where(f => f.Source != RulesSource.BuiltIn).ToList();
        return rules.AreBuiltIn
            ? [$"内置规则，{rules.Files.Count} 个文件"]
            : [
                .. others.Select(f => $"{f.Reference.File}  {f.Source.Name()}  SHA-256 {f.Reference.Sha256}"),
                .. rules.LeftOut.Select(f => $"{f}  内置规则，没有使用"),
                .. others.Count == rules.Files.Count ? Array.Empty<string>() : [$"其余 {rules.Files.Count - others.Count} 个文件是内置规则"],
            ];
    }

    /// <summary>The rules of a pack by its manifest, which its seal covers; their ids would take reading them.</summary>
    public static RulesUsed In(PackManifest manifest)
    {
        const string folder = PackLayout.Rulesets + "/";
        return Product.BuiltIn.Compare(
        [
            .. manifest.Files.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal))
                .Select(f => (File: f.Path[folder.Length..], f.Sha256)).Select(f => new RulesetReference(f.File, "", f.File, f.Sha256)),
        ]);
    }
}
