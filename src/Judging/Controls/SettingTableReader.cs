using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads which settings and configuration code leave a door open.</summary>
/// <param name="faults">Told of mistakes.</param>
/// <param name="isProven">As of <see cref="CodePatternReader"/>.</param>
public sealed class SettingTableReader(FaultList faults, bool isProven = false)
{
    private const int MostRules = 1_000;
    private const int ExampleCap = 4_000;
    private const int LargestCwe = 9999;
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private const string PrivateAddress = @"(localhost|::1|(127|10)(\.\d{1,3}){3}(/([89]|[12]\d|3[0-2]))?|192\.168(\.\d{1,3}){2}(/(1[6-9]|2\d|3[0-2]))?|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}(/(1[2-9]|2\d|3[0-2]))?)";

    /// <summary>Expressions that rules of several files need, by the name that stands for them.</summary>
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal) { ["$private-addresses"] = $@"^\s*{PrivateAddress}(\s*,\s*{PrivateAddress})*\s*$" };

    private static readonly (string, Severity)[] Severities = [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];
    private static readonly (string, PatternConfidence)[] Confidences = [("high", PatternConfidence.High), ("medium", PatternConfidence.Medium), ("low", PatternConfidence.Low)];
    private static readonly (string, SettingSource)[] Sources = [("spring", SettingSource.Spring), ("markup", SettingSource.Markup), ("java", SettingSource.Java)];
    private static readonly (string, CallReach)[] Reaches = [("statement", CallReach.Statement), ("variable", CallReach.Variable), ("method", CallReach.Method), ("file", CallReach.File), ("tree", CallReach.Tree)];

    /// <returns>Null where the file has faults.</returns>
    public SettingTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "settings", shownAs, bytes);
        var rules = head.Each("rules", Rule, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, rules.Select(r => r.Id), "规则");
        if (rules.Count > MostRules)
        {
            faults.Add(head.At, $"规则多于 {MostRules} 条", $"至多 {MostRules} 条");
        }

        return faults.Faults.Count > before ? null : new SettingTable { File = file!, Rules = rules };
    }

    private SettingRule? Rule(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: JS-ACT-01", cap: 40);
        if (id?.StartsWith("JS-", StringComparison.Ordinal) == false)
        {
            faults.Add(reader.PlaceOf("id"), "规则编号不对", "以 JS- 开头", "id: JS-ACT-01");
        }

        var title = reader.Text("title", required: true, cap: 100);
        var cwe = reader.Integer("cwe", 1, LargestCwe, required: true);
        var severity = reader.Choice("severity", Severities, required: true);
        var confidence = reader.Choice("confidence", Confidences, required: true);
        var message = reader.Text("message", required: true, cap: 400);
        var remedy = reader.Text("remedy", required: true, cap: 400);
        var reads = reader.Choice("reads", Sources, required: true);
        var (fileHas, doubtedBy) = (reader.Texts("fileHas"), reader.Texts("doubtedBy"));
        var isCode = reads == SettingSource.Java;
        var (when, also, unless) = (Tests(reader, "when", isCode), Tests(reader, "also", isCode), Tests(reader, "unless", isCode));
        var (bad, good) = (Examples(reader, "bad"), Examples(reader, "good"));
        return id is null || title is null || cwe is null || severity is null || confidence is null || message is null || remedy is null || reads is null
            ? null
            : new SettingRule
            {
                Id = id, Title = title, Cwe = cwe.Value, Severity = severity.Value, Confidence = confidence.Value, Message = message, Remedy = remedy, Reads = reads.Value,
                FileHas = fileHas, DoubtedBy = doubtedBy, When = when, Also = also, Unless = unless, Bad = bad, Good = good,
            };
    }

    private IReadOnlyList<SettingTest> Tests(MappingReader reader, string key, bool isCode) =>
        reader.Each(key, r => isCode ? OfCalls(r) : OfKeys(r, key == "when"), required: key == "when", isCode ? "when: [{call: csrf disable}]" : "when: [{key: debug, is: true}]");

    private SettingTest? OfKeys(MappingReader reader, bool isFirst)
    {
        var keys = reader.Text("key", required: true, "key: management.endpoints.web.exposure.include", cap: 400)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var test = new SettingTest { Keys = keys ?? [], Is = reader.Flag("is"), Matches = Expression(reader, reader.Text("matches", cap: 2_000), "matches"), IsAbsent = reader.Flag("absent") ?? false, IsBeside = reader.Flag("beside") ?? false };
        if (new[] { test.Is is not null, test.Matches is not null, test.IsAbsent }.Count(asked => asked) > 1)
        {
            reader.Faults.Add(reader.At, "条件写了不止一种", "is、matches、absent 之一", "is: true");
        }

        if (isFirst && test.IsBeside)
        {
            reader.Faults.Add(reader.PlaceOf("beside"), "when 里没有可以挨着的键", "beside 只写在 also、unless 里", "beside: true");
        }

        return keys is null ? null : test;
    }

    private SettingTest? OfCalls(MappingReader reader)
    {
        var written = reader.Text("call", required: true, "call: csrf disable", cap: 400);
        var on = reader.Text("on", cap: 200);
        var within = reader.Choice("within", Reaches) ?? CallReach.Method;
        var arguments = Arguments(reader);
        if (written is null)
        {
            return null;
        }

        var steps = Steps(written);
        return new SettingTest { Path = steps, Arguments = arguments, Within = within, On = on };
    }

    /// <summary><c>antMatchers|requestMatchers() permitAll</c>: brackets mark the step whose arguments are asked for, which is the last one where none is marked. A creation is written <c>new:X</c>.</summary>
    private static List<CallStep> Steps(string written)
    {
        var words = written.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var marked = Array.FindIndex(words, w => w.EndsWith("()", StringComparison.Ordinal));
        return [.. words.Select((w, i) => new CallStep((w.EndsWith("()", StringComparison.Ordinal) ? w[..^2] : w).Split('|').Select(n => n.Replace("new:", "new ", StringComparison.Ordinal).Replace("extends:", "extends ", StringComparison.Ordinal)).ToArray(), i == (marked < 0 ? words.Length - 1 : marked)))];
    }

    private List<ArgumentTest> Arguments(MappingReader reader)
    {
        var found = new List<ArgumentTest>();
        foreach (var (key, value) in RuleDataReader.Entries(reader, "args"))
        {
            var at = int.TryParse(key.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= 20 ? place : (int?)null;
            if (value is YamlScalar { Text: { Length: > 0 and <= 4_000 } text } && (at is not null || key.Text is "any" or "none" or "open"))
            {
                found.Add(key.Text == "open"
                    ? new ArgumentTest(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var open) ? open : null, null, false)
                    : new ArgumentTest(at, Expression(reader, text, "args"), key.Text == "none"));
            }
            else
            {
                reader.Faults.Add(key.At, "参数的条件不对", "0 到 20、any、none 后面是表达式，open 后面是位置", "args: {0: '^X$'}");
            }
        }

        return found;
    }

    private string? Expression(MappingReader reader, string? text, string key)
    {
        if (text is null)
        {
            return null;
        }

        if (Named.TryGetValue(text, out var named))
        {
            return named;
        }

        if (isProven)
        {
            return text;
        }

        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit);
            return text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            reader.Faults.Add(reader.PlaceOf(key), "表达式不对", "不回溯的正则表达式", $"{key}: ^true$");
            return null;
        }
    }

    private static IReadOnlyList<SettingExample> Examples(MappingReader reader, string key) => reader.Each(key, Example, required: true, $"{key}: [{{file: application.yml, text: 'debug: true'}}]");

    private static SettingExample? Example(MappingReader reader)
    {
        var file = reader.Text("file", required: true, "file: application.yml", cap: 200);
        var text = reader.Text("text", required: true, "text: 'debug: true'", cap: ExampleCap);
        return file is null || text is null ? null : new SettingExample(file, text);
    }
}
