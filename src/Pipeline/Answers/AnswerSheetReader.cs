using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads an answers file in YAML. Looks at no attachment.</summary>
public sealed class AnswerSheetReader(FaultList faults)
{
    public const int MostRows = 4000;
    public const int LongestStatement = 2000;

    private const int LongestPath = 400;

    internal static IReadOnlyList<(string Word, Verdict Value)> Verdicts { get; } =
        [.. new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied, Verdict.NotApplicable }.Select(v => (v.Name(), v))];

    internal static IReadOnlyList<(string Word, HighRiskClaim Value)> Claims => CryptoStatementReader.Claims;

    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static AnswerSheet Read(string shownAs, ReadOnlySpan<byte> bytes)
    {
        var faults = new FaultList();
        var sheet = new AnswerSheetReader(faults).Read(new MappingReader(YamlText.ReadMapping(shownAs, bytes), faults));
        faults.ThrowIfAny();
        return sheet;
    }

    private AnswerSheet Read(MappingReader head)
    {
        var sheet = new AnswerSheet
        {
            System = head.Identifier("answers", required: true, "answers: service-portal") ?? "?",
            Documents = head.Each("documents", Document),
            Answers = head.Each("items", Item),
            Cases = head.Each("highRisks", Case),
        };
        head.Finish();
        if (sheet.Answers.Count + sheet.Cases.Count + sheet.Documents.Count > MostRows)
        {
            faults.Add(head.At, "行太多", $"不超过 {MostRows} 行");
        }

        foreach (var twice in sheet.Documents.GroupBy(d => d.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(head.At, $"文档 {twice.Key} 重复", "唯一的编号");
        }

        return sheet;
    }

    private SheetDocument? Document(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: training");
        var kind = reader.Identifier("kind", required: true, "kind: training");
        var file = File(reader, isRequired: false);
        var (issued, expires) = (reader.Date("issuedOn"), reader.Date("expiresOn"));
        return id is null || kind is null ? null : new SheetDocument { Id = id, Kind = kind, File = file, IssuedOn = issued, ExpiresOn = expires };
    }

    private ItemAnswer? Item(MappingReader reader)
    {
        var item = Line(reader, "item", 64, required: true);
        var answer = new ItemAnswer
        {
            Item = item ?? "?",
            Object = Line(reader, "object", 100),
            Verdict = reader.Choice("verdict", Verdicts),
            By = Line(reader, "by", 100),
            Organisation = Line(reader, "organisation", 200),
            On = reader.Date("on"),
            Statement = Statement(reader),
            Documents = Ids(reader),
            Evidence = reader.Each("evidence", r => File(r, isRequired: true)),
        };
        return item is null ? null : answer;
    }

    private CaseAnswer Case(MappingReader reader)
    {
        var cases = reader.Texts("cases", required: true, "cases: [\"6.4.1.1\"]");
        var claim = reader.Choice("claim", Claims);
        var mitigation = reader.Take("mitigation") is null ? null : reader.Identifier("mitigation", required: false, "mitigation: two-factor");
        if ((claim == HighRiskClaim.Mitigated) != (mitigation is not null))
        {
            faults.Add(reader.At, "claim 与 mitigation 不配", "已缓解要写 mitigation，其余不写", "claim: 已缓解, mitigation: two-factor");
        }

        if (cases.Any(c => c.Length is 0 or > 20 || c.Any(char.IsControl) || c.Contains('、', StringComparison.Ordinal)))
        {
            faults.Add(reader.PlaceOf("cases"), "cases 不对", "高风险情形的编号", "cases: [\"6.4.1.1\"]");
        }

        return new CaseAnswer
        {
            Cases = cases,
            Claim = claim,
            Mitigation = mitigation,
            By = Line(reader, "by", 100),
            Organisation = Line(reader, "organisation", 200),
            On = reader.Date("on"),
            Statement = Statement(reader),
            Documents = Ids(reader),
            Evidence = reader.Each("evidence", r => File(r, isRequired: true)),
        };
    }

    private IReadOnlyList<string> Ids(MappingReader reader)
    {
        var at = reader.PlaceOf("documents");
        var ids = reader.Texts("documents");
        if (ids.Any(i => !MappingReader.IsIdentifier(i)))
        {
            faults.Add(at, "documents 不对", "documents 里登记的编号", "documents: [training]");
        }

        return ids;
    }

    /// <summary>A file with its hash. Paths stay below the folder of the answers file: whoever sends a sheet names no other files of the machine.</summary>
    private Attachment? File(MappingReader reader, bool isRequired)
    {
        var at = reader.PlaceOf("file");
        var path = Line(reader, "file", LongestPath, isRequired);
        var hashAt = reader.PlaceOf("sha256");
        var hash = Line(reader, "sha256", 64);
        if (hash is not null && (path is null || hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
        {
            faults.Add(hashAt, "sha256 不对", "64 个小写十六进制数字，与 file 一起写");
            return null;
        }

        if (path is null)
        {
            return null;
        }

        // Windows people copy paths as their machine writes them; a relative one means the same everywhere.
        var slashed = path.Replace('\\', '/');
        if (!IsBelow(slashed))
        {
            faults.Add(at, $"file {WhyNotBelow(slashed)}", "答题文件所在目录下面的相对路径：把附件放进那里（如 附件/），再写相对路径", "file: 附件/培训签到表.pdf");
            return null;
        }

        return new Attachment(slashed, hash);
    }

    /// <summary>The path itself is not repeated: it may name what is nobody's business.</summary>
    private static string WhyNotBelow(string path) => path switch
    {
        ['/', ..] or [_, ':', ..] => "写的是绝对路径，换一台机器就找不到，也可能指向别的文件",
        _ when path.Split('/').Contains("..", StringComparer.Ordinal) => "指到了答题文件所在目录之外",
        _ => "写的不是相对路径（不能有冒号、竖线、空的一级或 .）",
    };

    internal static bool IsBelow(string path) =>
        !path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal) && !path.Contains('|', StringComparison.Ordinal) && path.Split('/').All(p => p.Length > 0 && p is not ("." or ".."));

    /// <summary>Words on one line without spaces around them; null where nothing stands there.</summary>
    private string? Line(MappingReader reader, string key, int cap, bool required = false)
    {
        var at = reader.PlaceOf(key);
        if (reader.Take(key, required, "文字") is not { } value)
        {
            return null;
        }

        var text = (value as YamlScalar)?.Text.Trim() ?? "\0";
        if (text.Length <= cap && !text.Any(char.IsControl) && IsWhole(text) && (text.Length > 0 || !required))
        {
            return text.Length == 0 ? null : text;
        }

        faults.Add(at, $"{key} 的值不对", $"一行不超过 {cap} 个字，不含制表符等控制字符");
        return null;
    }

    private string? Statement(MappingReader reader)
    {
        var at = reader.PlaceOf("statement");
        if (reader.Take("statement") is not { } value)
        {
            return null;
        }

        var text = (value as YamlScalar)?.Text.ReplaceLineEndings("\n").Trim() ?? "\0";
        if (text.Length <= LongestStatement && !text.Any(c => char.IsControl(c) && c != '\n') && IsWhole(text))
        {
            return text.Length == 0 ? null : text;
        }

        faults.Add(at, "statement 的值不对", $"不超过 {LongestStatement} 个字，不含制表符等控制字符（可以换行）");
        return null;
    }

    /// <summary>Every format must be able to carry it.</summary>
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\uFFFE' or '\uFFFF' || char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (i + 1 >= text.Length || !char.IsLowSurrogate(text[++i]))))
            {
                return false;
            }
        }

        return true;
    }
}
