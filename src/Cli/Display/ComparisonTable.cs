using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Two packs beside each other on a terminal, class by class; of what was mended both values and the files that show them.</summary>
internal static class ComparisonTable
{
    private const int Shown = 40;
    private const int ReadingCap = 160;
    private const int DigestLength = 16;

    public static void Write(PackComparison comparison, bool all)
    {
        Line($"上次 {BeijingTime.ClockOf(comparison.Earlier.StartedAt):yyyy-MM-dd HH:mm}：{comparison.Earlier.Gate.Sentence}", "");
        comparison.Warnings.ToList().ForEach(w => Line(w, "※ ", "yellow"));
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine("变化              项  问题");
        foreach (var (change, count) in comparison.Counts)
        {
            Terminal.Out.WriteLine($"{change.Name()}{new string(' ', Math.Max(1, 18 - TextColumns.WidthOf(change.Name())))}{count,2}  {comparison.Findings.Count(f => f.Change == change),4}");
        }

        foreach (var group in comparison.Pairs.Where(p => all || p.Change is not (Change.Unchanged or Change.Added)).GroupBy(p => p.Change))
        {
            Write(group.Key, [.. group]);
        }

        Write([.. comparison.Conclusions.Where(c => all || c.Change is not (Change.Unchanged or Change.Added))]);
    }

    private static void Write(IReadOnlyList<ComparedConclusion> conclusions)
    {
        if (conclusions.Count == 0)
        {
            return;
        }

        Terminal.Out.WriteLine();
        Line($"条款、材料、期限与测评自评 {conclusions.Count} 项", "");
        foreach (var conclusion in conclusions.Take(Shown))
        {
            Line($"{conclusion.Change.Name()} {conclusion.Title}：{ChangeNames.Said(conclusion.Earlier)} → {ChangeNames.Said(conclusion.Now)}", "  · ", ColourOf(conclusion.Change));
        }

        if (conclusions.Count > Shown)
        {
            Line($"其余 {conclusions.Count - Shown} 项见 --json", "  · ");
        }
    }

    private static void Write(Change change, IReadOnlyList<ComparedPair> pairs)
    {
        Terminal.Out.WriteLine();
        Line($"{change.Name()} {pairs.Count} 项（{change.Meaning()}）", "", ColourOf(change));
        foreach (var pair in pairs.Take(Shown))
        {
            Line($"{pair.RequirementId} {pair.TargetName}：{ChangeNames.State(pair.Earlier)} → {ChangeNames.State(pair.Now)}  {pair.Title}", "  · ");
            if (change == Change.Fixed)
            {
                Evidence("上次", Other(pair.Earlier, pair.Now), pair.EarlierEvidence);
                Evidence("这次", Other(pair.Now, pair.Earlier), pair.NowEvidence);
            }
        }

        if (pairs.Count > Shown)
        {
            Line($"其余 {pairs.Count - Shown} 项见 --json 或 report --earlier", "  · ");
        }
    }

    /// <summary>What the one read and the other did not.</summary>
    private static IEnumerable<Reading> Other(Judgement? one, Judgement? other) => (one?.Readings ?? [])
        .DistinctBy(r => (r.Field, r.Actual)).Where(r => !(other?.Readings ?? []).Any(o => o.Field == r.Field && o.Actual == r.Actual));

    private static void Evidence(string when, IEnumerable<Reading> readings, IReadOnlyList<Evidence> files)
    {
        foreach (var reading in readings)
        {
            Line($"{when} {reading.Called} = {(reading.Actual.Length > ReadingCap ? string.Concat(reading.Actual.AsSpan(0, ReadingCap), "…") : reading.Actual)}", "      ");
        }

        foreach (var file in files)
        {
            Line($"{when}证据 {file.RelativePath} SHA-256 {Head(file.Sha256)} SM3 {Head(file.Sm3)}", "      ");
        }
    }

    private static string Head(string digest) => digest.Length > DigestLength ? string.Concat(digest.AsSpan(0, DigestLength), "…") : digest;

    private static string ColourOf(Change change) => change switch
    {
        Change.New or Change.Worse => "red",
        Change.Fixed or Change.Better => "green",
        Change.Undecided or Change.Gone or Change.OtherRules => "yellow",
        _ => "default",
    };

    private static void Line(string text, string lead, string colour = "default")
    {
        var (width, indent) = (TextColumns.WidthOf(lead), lead);
        foreach (var line in TextColumns.Wrap(Printable.Of(text.ReplaceLineEndings(" ")), Terminal.Out.Profile.Width - width - 1))
        {
            Terminal.Out.Write(new Text($"{indent}{line}\n", Style.Parse(colour)));
            indent = new string(' ', width);
        }
    }
}
