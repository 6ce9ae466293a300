using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds every rule against its own examples.</summary>
public static class PatternVerification
{
    /// <returns>What is wrong, a sentence each; empty where every rule finds what it must and nothing else.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<CodePatternTable> tables)
    {
        var wrong = new List<string>();
        foreach (var (table, rule) in tables.SelectMany(t => t.Rules.Select(r => (t, r))))
        {
            try
            {
                var alone = new PatternExaminer([table with { Rules = [rule], Algorithms = [.. tables.SelectMany(t => t.Algorithms)] }], leavesOpen: false);
                Check(alone, rule, wrong);
            }
            catch (FormatException broken)
            {
                wrong.Add($"{rule.Id}：{broken.Message}");
            }
        }

        return wrong;
    }

    private static void Check(PatternExaminer alone, CodePatternRule rule, List<string> wrong)
    {
        foreach (var (fixture, isBad) in rule.Bad.Select(f => (f, true)).Concat(rule.Good.Select(f => (f, false))))
        {
            foreach (var language in fixture.Languages)
            {
                var findings = alone.Examine(Tokenizer.Tokenize(FileOf(language, fixture.Code)));
                var found = findings.Defects.Count + findings.CryptoUses.Count;
                if (found > 0 != isBad)
                {
                    wrong.Add($"{rule.Id}（{language}）{(isBad ? "没有发现" : "误报了")}：{fixture.Code}");
                }
                else if (fixture.Finds is { } finds && !findings.CryptoUses.Any(u => Said(u) == finds))
                {
                    wrong.Add($"{rule.Id}（{language}）清单写的是 {string.Join("、", findings.CryptoUses.Select(Said))}，应是 {finds}：{fixture.Code}");
                }
            }
        }
    }

    private static string Said(CryptoUse use) => string.Join(' ', new[] { use.Algorithm, use.Mode, use.KeyBits?.ToString(System.Globalization.CultureInfo.InvariantCulture) }.OfType<string>());

    private static SourceFile FileOf(string language, string code)
    {
        var text = language switch
        {
            "vue" => $"<template><div/></template>\n<script>\n{code}\n</script>\n",
            "html" => $"<html><script>\n{code}\n</script></html>\n",
            "jsp" => $"<html><%\n{code}\n%></html>\n",
            "php" when !code.Contains("<?php", StringComparison.Ordinal) => $"<?php\n{code}\n",
            _ => code + "\n",
        };
        return new SourceFile($"fixture.{language}", PatternIndex.LanguageOf(language), text, "utf-8", text.AsSpan().Count('\n') + 1);
    }
}
