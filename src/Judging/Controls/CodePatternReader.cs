using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a table of code patterns. What a file says under <c>check</c> goes for all its rules.</summary>
/// <param name="faults">Told of mistakes.</param>
/// <param name="isProven">The file is one the tool was built with, whose expressions a test held against the engine: building that engine for each of them costs more than all the rest of reading.</param>
public sealed class CodePatternReader(FaultList faults, bool isProven = false)
{
    private const int ExpressionCap = 600;

    private static readonly (string, Severity)[] Severities = [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];
    private static readonly (string, PatternConfidence)[] Confidences = [("low", PatternConfidence.Low), ("medium", PatternConfidence.Medium), ("high", PatternConfidence.High)];

    /// <returns>Null where the file has faults.</returns>
    public CodePatternTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "patterns", shownAs, bytes);
        var check = Check(head);
        var rules = head.Each("rules", r => Rule(r, check));
        var algorithms = head.Each("algorithms", new CodeAlgorithmReader(faults).Read);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, rules.Select(r => r.Id), "规则");
        return faults.Faults.Count > before ? null : new CodePatternTable { File = file!, Rules = rules, Algorithms = algorithms };
    }

    private CheckHead Check(MappingReader head)
    {
        if (Inner(head, "check") is not { } reader)
        {
            return new CheckHead(null, null, null);
        }

        var found = new CheckHead(reader.Text("id", required: true, "id: GM-03", cap: 40), reader.Text("title", required: true, cap: 100), Defect(reader, required: false, null));
        reader.Finish();
        return found;
    }

    private CodePatternRule? Rule(MappingReader reader, CheckHead check)
    {
        var before = faults.Faults.Count;
        var id = reader.Text("id", required: true, "id: GM-03-java", cap: 60);
        var title = reader.Text("title", required: check.Title is null, cap: 100) ?? check.Title;
        var languages = Languages(reader, "languages");
        var yields = Yields(reader);
        var rule = new CodePatternRule
        {
            Id = id ?? "?",
            Check = reader.Text("check", required: check.Id is null, "check: GM-03", cap: 40) ?? check.Id ?? "?",
            Title = title ?? "?",
            Languages = languages,
            Patterns = reader.Texts("patterns"),
            Lines = reader.Each("lines", Line),
            Where = Where(reader),
            FileHas = reader.Texts("fileHas"),
            FileLacks = reader.Texts("fileLacks"),
            Near = reader.Texts("near"),
            NotNear = reader.Texts("notNear"),
            OncePerFile = reader.Flag("oncePerFile") ?? false,
            Defect = Defect(reader, required: yields is null && check.Defect is null, check.Defect),
            Yields = yields,
            Bad = reader.Each("bad", Fixture, required: true, "bad: 必须发现的代码"),
            Good = reader.Each("good", Fixture, required: true, "good: 不得发现的代码"),
        };
        Prove(reader, rule);
        return faults.Faults.Count > before ? null : rule;
    }

    /// <summary>A rule that nobody has seen find something, and let something go, in each of its languages is none.</summary>
    private void Prove(MappingReader reader, CodePatternRule rule)
    {
        if (rule.Patterns.Count + rule.Lines.Count == 0)
        {
            faults.Add(reader.At, $"规则 {rule.Id} 没有 patterns 或 lines", "至少一个");
        }

        foreach (var (key, fixtures) in new[] { ("bad", rule.Bad), ("good", rule.Good) })
        {
            foreach (var language in rule.Languages.Where(l => !fixtures.Any(f => f.Languages.Contains(l, StringComparer.Ordinal))))
            {
                faults.Add(reader.PlaceOf(key), $"规则 {rule.Id} 没有 {language} 的 {key} 例子", "每种语言都要有 bad 与 good");
            }
        }

        foreach (var language in rule.Bad.Concat(rule.Good).SelectMany(f => f.Languages).Except(rule.Languages, StringComparer.Ordinal))
        {
            faults.Add(reader.At, $"规则 {rule.Id} 的例子用了 languages 里没有的 {language}", "languages 里的语言");
        }

        var names = rule.Where.Select(w => w.Name).Concat([rule.Yields?.From, rule.Yields?.BitsFrom]).OfType<string>();
        foreach (var name in names.Where(n => n is not ("anchor" or "REST") && !rule.Patterns.Any(p => p.Contains("$" + n, StringComparison.Ordinal))))
        {
            faults.Add(reader.At, $"规则 {rule.Id} 的 patterns 里没有 ${name}", "patterns 里出现过的名字");
        }
    }

    private static CodePatternDefect? Defect(MappingReader reader, bool required, CodePatternDefect? general)
    {
        var severity = reader.Choice("severity", Severities, required);
        var confidence = reader.Choice("confidence", Confidences, required);
        var cwe = reader.Integer("cwe", 1, 9999);
        var message = reader.Text("message", required, cap: 600);
        var remedy = reader.Text("remedy", required, cap: 600);
        return (severity ?? general?.Severity, message ?? general?.Message, remedy ?? general?.Remedy) is ({ } s, { } m, { } r)
            ? new CodePatternDefect(s, confidence ?? general?.Confidence ?? PatternConfidence.Medium, cwe ?? general?.Cwe, m, r)
            : null;
    }

    private CodeUseYield? Yields(MappingReader reader)
    {
        if (Inner(reader, "yields") is not { } inner)
        {
            return null;
        }

        var yields = new CodeUseYield
        {
            Primitive = CodeAlgorithmReader.Primitive(inner, required: false),
            Api = inner.Text("api", required: true, "api: JCA", cap: 60) ?? "?",
            Algorithm = inner.Text("algorithm", cap: 40),
            Mode = inner.Text("mode", cap: 10),
            KeyBits = inner.Integer("keyBits", 1, 65536),
            From = inner.Text("from", cap: 20),
            BitsFrom = inner.Text("bitsFrom", cap: 20),
        };
        inner.Finish();
        return yields;
    }

    private List<CodeOperandTest> Where(MappingReader reader)
    {
        var found = new List<CodeOperandTest>();
        foreach (var (name, value) in RuleDataReader.Entries(reader, "where"))
        {
            if (value is not YamlMapping map)
            {
                faults.Add(value.At, "where 的这一项不是“键: 值”", "映射");
                continue;
            }

            var inner = new MappingReader(map, faults);
            found.Add(new CodeOperandTest
            {
                Name = name.Text,
                Literal = inner.Flag("literal"),
                Constant = inner.Flag("constant"),
                Matches = Expression(inner, "matches"),
                NotMatches = Expression(inner, "notMatches"),
                Code = Expression(inner, "code"),
                NotCode = Expression(inner, "notCode"),
                Below = inner.Integer("below", 1, int.MaxValue),
                AtLeast = inner.Integer("atLeast", 0, int.MaxValue),
            });
            inner.Finish();
        }

        return found;
    }

    private CodeLineTest? Line(MappingReader reader)
    {
        var has = reader.Text("has", required: true, "has: ssl_protocols", cap: 100);
        var matches = Expression(reader, "matches");
        return has is null ? null : new CodeLineTest(has, matches);
    }

    private CodeFixture? Fixture(MappingReader reader)
    {
        var languages = Languages(reader, "in");
        var code = reader.Text("code", required: true);
        var finds = reader.Text("finds", cap: 60);
        return code is null ? null : new CodeFixture(languages, code, finds);
    }

    private List<string> Languages(MappingReader reader, string key)
    {
        var found = new List<string>();
        foreach (var item in reader.Items(key, required: true, $"{key}: [java]"))
        {
            if (item is YamlScalar { Text: var text } && CodeLanguages.All.Contains(text, StringComparer.Ordinal) && !found.Contains(text, StringComparer.Ordinal))
            {
                found.Add(text);
            }
            else
            {
                faults.Add(item.At, "语言不对", $"其中之一，不重复：{string.Join("、", CodeLanguages.All)}");
            }
        }

        return found;
    }

    /// <summary>The mapping under a key; null where absent, or a fault.</summary>
    private MappingReader? Inner(MappingReader reader, string key)
    {
        switch (reader.Take(key))
        {
            case null:
                return null;
            case YamlMapping map:
                return new MappingReader(map, faults);
            case { } other:
                faults.Add(other.At, $"{key} 不是“键: 值”", "映射");
                return null;
        }
    }

    private string? Expression(MappingReader reader, string key)
    {
        var at = reader.PlaceOf(key);
        if (reader.Text(key, cap: ExpressionCap) is not { } text)
        {
            return null;
        }

        if (isProven)
        {
            return text;
        }

        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            reader.Faults.Add(at, $"{key} 不是可用的正则表达式", "不回溯的正则表达式，没有前后断言与反向引用");
            return null;
        }
    }

    private sealed record CheckHead(string? Id, string? Title, CodePatternDefect? Defect);
}
