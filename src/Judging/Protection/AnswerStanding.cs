using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// What an answer is worth: a 符合, 部分符合, 不适用, 不存在 or 已缓解 needs somebody's name, a date within twelve months and a file that
/// is there and unchanged. 不符合 and 存在 are taken at their word.
/// </summary>
public sealed class AnswerStanding
{
    /// <summary>Months an answer stays good.</summary>
    public static int ValidMonths => EvidenceRule.Usual.ValidMonths;

    private readonly DateOnly _today;
    private readonly Dictionary<string, SheetDocument> _documents;
    private readonly Dictionary<string, CatalogueDocument> _kinds;

    public AnswerStanding(AnswerSheet sheet, StandardLibrary library, DateOnly today)
    {
        _today = today;
        _documents = sheet.Documents.GroupBy(d => d.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _kinds = library.Catalogues.SelectMany(c => c.Documents).GroupBy(d => d.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>Nothing was filled in; it is a question still.</summary>
    public static bool IsBlank(ItemAnswer answer) => answer.Verdict is null;

    /// <summary>Why an answer that is favourable to the system does not count; empty where it does.</summary>
    public IReadOnlyList<string> Faults(SheetRow row)
    {
        var faults = new List<string>();
        if (row.By is null || row.Organisation is null)
        {
            faults.Add("没有写回答人和单位");
        }

        if (WhyDated(row) is { } dated)
        {
            faults.Add(dated);
        }

        if (row is ItemAnswer { Verdict: Verdict.NotApplicable, Statement: null })
        {
            faults.Add("不适用没有写理由");
        }

        var papers = row.Documents.Select(d => (Name: d, Why: WhyNot(d))).Concat(row.Evidence.Select(e => (Name: e.Path, Why: WhyNot(e)))).ToList();
        if (papers.Count == 0)
        {
            faults.Add("没有附证据");
        }

        faults.AddRange(papers.Where(p => p.Why is not null).Select(p => $"{p.Name} {p.Why}"));
        return faults;
    }

    /// <summary>Why the date of an answer does not stand; null where it does.</summary>
    public string? WhyDated(SheetRow row) => row.On switch
    {
        null => "没有写日期",
        { } on when on > _today => $"日期 {on:yyyy-MM-dd} 在将来",
        { } on when on.AddMonths(ValidMonths) < _today => $"日期 {on:yyyy-MM-dd} 距今超过 {ValidMonths} 个月",
        _ => null,
    };

    /// <summary>It bears a day that has not come.</summary>
    public bool IsAhead(SheetRow row) => row.On > _today;

    /// <summary>A document of that kind that stands today; null where there is none.</summary>
    public SheetDocument? Standing(string kind) => _documents.Values.Where(d => d.Kind == kind && WhyNot(d) is null).OrderBy(d => d.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Why a document proves nothing; null where it does.</summary>
    public string? WhyNot(SheetDocument document)
    {
        if (!_kinds.TryGetValue(document.Kind, out var kind))
        {
            return $"的种类 {document.Kind} 不在文档清单里";
        }

        if (document.File is null)
        {
            return "还没有文件";
        }

        return WhyNot(document.File) ?? document switch
        {
            { ExpiresOn: { } end } when end < _today => $"已于 {end:yyyy-MM-dd} 到期",
            { IssuedOn: { } on } when on > _today => $"的出具日期 {on:yyyy-MM-dd} 在将来",
            { IssuedOn: null } when kind.ValidMonths is not null => "没有写出具日期",
            { IssuedOn: { } on } when kind.ValidMonths is { } months && on.AddMonths(months) < _today => $"出具于 {on:yyyy-MM-dd}，超过 {months} 个月",
            _ => null,
        };
    }

    private string? WhyNot(string id) => _documents.TryGetValue(id, out var document) ? WhyNot(document) : "不在 documents 里";

    private static string? WhyNot(Attachment file) => file.State switch
    {
        AttachmentState.Present => null,
        AttachmentState.Missing => "的文件不在，或没有内容",
        AttachmentState.Changed => "的文件与记录的散列不符",
        AttachmentState.Scant => $"的文件不足 {EvidenceRule.Usual.FewestBytes} 字节，装不下它要证明的内容",
        AttachmentState.Shapeless => "的文件认不出是文件（不是 PDF、OFD、办公文档、图片或成段的文字；填充、乱码、压缩包不算）",
        AttachmentState.Unhashed => "没有记录散列",
        _ => "没有核对过文件",
    };
}
