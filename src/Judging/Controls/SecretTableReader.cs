using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a table of what secrets look like. A pattern without both kinds of fixtures is refused.</summary>
public sealed class SecretTableReader(FaultList faults)
{
    private const int MostPatterns = 500;

    private static readonly (string, SecretGroup)[] Groups =
    [
        ("cloud", SecretGroup.Cloud), ("platform", SecretGroup.Platform), ("private-key", SecretGroup.PrivateKey), ("cipher-key", SecretGroup.CipherKey),
        ("password", SecretGroup.Password), ("unlocking", SecretGroup.Unlocking),
    ];

    /// <summary>What the engine that cannot run away does not know.</summary>
    private static readonly string[] Unfit = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "\\k", "\\1", "\\2"];

    private static readonly (string, SecretPlaces)[] Places = [("all", SecretPlaces.All), ("configuration", SecretPlaces.Configuration), ("code", SecretPlaces.Code)];

    private static readonly (string, SecretConfidence)[] Confidences = [("low", SecretConfidence.Low), ("medium", SecretConfidence.Medium), ("high", SecretConfidence.High)];

    private static readonly (string, Severity)[] Severities = [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];

    /// <returns>Null where the file has faults.</returns>
    public SecretTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "secrets", shownAs, bytes);
        var placeholders = Lower(head, "placeholders");
        var testPaths = Lower(head, "testPaths");
        var patterns = head.Each("patterns", Pattern, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, patterns.Select(p => p.Id), "编号");
        if (patterns.Count > MostPatterns)
        {
            faults.Add(head.At, $"特征多于 {MostPatterns} 条", $"至多 {MostPatterns} 条");
        }

        return faults.Faults.Count > before ? null : new SecretTable { File = file!, Patterns = patterns, Placeholders = placeholders, TestPaths = testPaths };
    }

    private static SecretPattern? Pattern(MappingReader reader)
    {
        var before = reader.Faults.Faults.Count;
        var read = new SecretPattern
        {
            Id = Id(reader) ?? "",
            Title = reader.Text("title", required: true, "title: 阿里云 AccessKey", cap: 60) ?? "",
            Group = reader.Choice("group", Groups, required: true) ?? default,
            Keywords = Lower(reader, "keywords", required: true),
            Expression = Expression(reader) ?? "",
            Places = reader.Choice("places", Places) ?? SecretPlaces.All,
            FileHas = reader.Text("fileHas", cap: 60),
            Beyond = reader.Integer("beyond", 0, 2000) ?? 0,
            LeastEntropy = RuleDataReader.Number(reader, "entropy", 0, 8) ?? 0,
            LeastKinds = reader.Integer("kinds", 1, 4) ?? 1,
            LeastLength = reader.Integer("length", 1, 500) ?? 1,
            Severity = reader.Choice("severity", Severities, required: true) ?? default,
            Confidence = reader.Choice("confidence", Confidences, required: true) ?? default,
            Cwe = reader.Integer("cwe", 1, 9999) ?? 798,
            Remedy = reader.Text("remedy", required: true, "remedy: 作废并更换密钥", cap: 300) ?? "",
            Bad = reader.Each("bad", Fixture, required: true, "bad: [{file: a.yml, text: …}]"),
            Good = reader.Each("good", Fixture, required: true, "good: [{file: a.yml, text: …}]"),
        };
        return reader.Faults.Faults.Count > before ? null : read;
    }

    private static SecretFixture? Fixture(MappingReader reader)
    {
        var file = reader.Text("file", required: true, "file: application.yml", cap: 100);
        var text = reader.Text("text", required: true, "text: 一段文字");
        return file is null || text is null ? null : new SecretFixture(file, text);
    }

    private static string? Id(MappingReader reader)
    {
        var at = reader.PlaceOf("id");
        var id = reader.Text("id", required: true, "id: SEC-ALI-01", cap: 30);
        if (id is null || id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return id;
        }

        reader.Faults.Add(at, "id 不对", "大写字母、数字和连字符", "id: SEC-ALI-01");
        return null;
    }

    /// <summary>Must hold a group named value and be fit for the engine that cannot run away.</summary>
    private static string? Expression(MappingReader reader)
    {
        var at = reader.PlaceOf("regex");
        var text = reader.Text("regex", required: true, "regex: (?<value>LTAI[0-9A-Za-z]{12,20})", cap: 600);
        if (text is null)
        {
            return null;
        }

        try
        {
            // Building it for the engine it is meant for takes a hundred times as long; its fixtures do that.
            var expression = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            if (expression.GroupNumberFromName("value") > 0 && !Array.Exists(Unfit, u => text.Contains(u, StringComparison.Ordinal)))
            {
                return text;
            }
        }
        catch (ArgumentException)
        {
            // Told below.
        }

        reader.Faults.Add(at, "regex 不对", "有名为 value 的组，不用前后查看、原子组、反向引用的正则表达式");
        return null;
    }

    private static IReadOnlyList<string> Lower(MappingReader reader, string key, bool required = false)
    {
        var at = reader.PlaceOf(key);
        var words = reader.Texts(key, required);
        if (words.Any(w => w.Length is < 2 or > 40 || w.Any(char.IsUpper)))
        {
            reader.Faults.Add(at, $"{key} 不对", "2–40 个字符的小写词");
        }

        return words;
    }
}
