using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// lynis-report.dat: lines of <c>key=value</c> and <c>key[]=value</c>. A warning or suggestion is trouble; an executed test without one is
/// none; details of a test name the setting they are about. A run that was stopped lacks the line <c>finish=true</c>.
/// </summary>
internal static class LynisReport
{
    private const int LineCap = 1_000_000;

    /// <exception cref="UnableException">It is no such report.</exception>
    public static ForeignReport Read(byte[] bytes)
    {
        var single = new Dictionary<string, string>(StringComparer.Ordinal);
        var failed = new List<ForeignResult>();
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', LineCap + 1);
        if (lines.Length > LineCap)
        {
            throw new UnableException(FailureKind.BadInput, $"Lynis 报告超过 {LineCap} 行，未读");
        }

        foreach (var line in lines.Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (line, "") : (line[..at], line[(at + 1)..]);
            if (key is "warning[]" or "suggestion[]" or "details[]" && Trouble(key, value) is { } trouble)
            {
                failed.Add(failed.Count < ForeignResult.MostOfAKind ? trouble : throw new UnableException(FailureKind.BadInput, "Lynis 报告的问题太多，未读"));
            }
            else
            {
                single.TryAdd(key, value);
            }
        }

        if (!single.ContainsKey("lynis_version") || !single.ContainsKey("report_version_major"))
        {
            throw new UnableException(FailureKind.BadInput, "不是 Lynis 的报告（没有 lynis_version 或 report_version_major）");
        }

        return Say(single, failed);
    }

    private static ForeignReport Say(Dictionary<string, string> single, List<ForeignResult> failed)
    {
        var isComplete = single.GetValueOrDefault("finish") == "true" && single.ContainsKey("tests_executed");
        var troubled = failed.Select(f => f.Id.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var executed = single.GetValueOrDefault("tests_executed", "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ForeignReport
        {
            Tool = "Lynis",
            ToolVersion = Plain.Text(single["lynis_version"], 40),
            ReportedOn = Day(single.GetValueOrDefault("report_datetime_start")),
            Machine = single.GetValueOrDefault("hostname") is { Length: > 0 } name ? Plain.Text(name, 100) : null,
            IsComplete = isComplete,
            Failed = failed,
            Passed = isComplete ? new([.. executed.Where(t => !troubled.Contains(t)).Select(t => Plain.Id(t, 60)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(ForeignResult.MostOfAKind)]) : default,
            Undecided = single.GetValueOrDefault("tests_skipped", "").Split('|', StringSplitOptions.RemoveEmptyEntries).Length,
        };
    }

    /// <summary>TEST|text|detail|remedy|, or for details TEST|part|desc:…;field:NAME;prefval:…;value:…;|.</summary>
    private static ForeignResult? Trouble(string key, string value)
    {
        var parts = value.Split('|');
        if (parts[0] is not { Length: > 0 and <= 100 } id || id == "-")
        {
            return null;
        }

        if (key != "details[]")
        {
            return ForeignResult.Of(id, parts.ElementAtOrDefault(1) ?? "");
        }

        var fields = parts.Length < 3 ? [] : parts[2].Split(';').Select(f => f.Split(':', 2)).Where(f => f.Length == 2).ToList();
        return fields.Find(f => f[0] == "field") is [_, var field] ? ForeignResult.Of($"{id}:{field}", string.Join(' ', fields.Where(f => f[0] is "prefval" or "value").Select(f => $"{(f[0] == "value" ? "现值" : "应为")} {f[1]}"))) : null;
    }

    private static string? Day(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _) ? text[..10] : null;
}
