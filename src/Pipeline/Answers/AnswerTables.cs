using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The workbook face of an answers file: one sheet of documents, one of items, one of high-risk cases.</summary>
public static class AnswerTables
{
    private const string About = "说明";
    private const string Papers = "文档";
    private const string Items = "条目";
    private const string Cases = "高风险";

    /// <summary>Between the path and the hash of an attachment; no path may hold it.</summary>
    private const string Bar = " | ";

    private static readonly IReadOnlyList<WorksheetColumn> Filling =
    [
        Input("说明", 30), Input("引用文档", 18), Input("附件（一行一个：路径 | SHA-256）", 30), Input("回答人", 10), Input("单位", 16), Input("日期", 12),
    ];

    public static byte[] Write(AnswerSheet sheet, AnswerQuestions questions) => WorkbookWriter.Write(
    [
        new Worksheet(About, [new("项", 12), new("内容", 90)],
        [
            ["系统", sheet.System],
            ["怎么填", "黄底的列由人填写，其余列只供阅读，读回时不看。日期写 2026-01-20 这样的文字。不知道的留空。没有证据的符合、部分符合、不适用都不计。"],
            ["文档", "“文档”表里登记一次，“条目”表的“引用文档”写它的编号（多个用空格隔开），一份文档可以回答很多条。"],
            ["填完以后", "securitycheck answers convert 本文件 答题.yaml；再 securitycheck answers check 答题.yaml"],
        ]),
        new Worksheet(Papers,
            [Input("编号", 20), Input("种类", 20), new("要的文档", 50), Input("文件", 30), Input("SHA-256", 30), Input("出具日期", 12), Input("到期日期", 12)],
            [.. sheet.Documents.Select(d => (IReadOnlyList<string>)[d.Id, d.Kind, Title(questions, d.Kind), d.File?.Path ?? "", d.File?.Sha256 ?? "", Day(d.IssuedOn), Day(d.ExpiresOn)])]),
        new Worksheet(Items,
            [new("条目", 12), new("对象", 16), new("所在", 24), new("问题", 40), new("看什么", 20), new("可接受的证据", 30), Input("结论", 10) with { Choices = [.. AnswerSheetReader.Verdicts.Select(v => v.Word)] }, .. Filling],
            [.. sheet.Answers.Select(a => Row(a, a.Item, a.Object ?? "", questions.Of(a), a.Verdict?.Name() ?? ""))]),
        new Worksheet(Cases,
            [new("情形", 12), Input("降低条件编号", 16), new("所在", 24), new("问题", 40), new("降低条件", 30), new("可接受的证据", 20), Input("回答", 10) with { Choices = [.. AnswerSheetReader.Claims.Select(c => c.Word)] }, .. Filling],
            [.. sheet.Cases.Select(c => Row(c, string.Join(' ', c.Cases), c.Mitigation ?? "", questions.Of(c), c.Claim is { } claim ? AnswerSheetReader.Claims.First(x => x.Value == claim).Word : ""))]),
    ]);

    /// <summary>The YAML of what a workbook says, for the one reader that checks it.</summary>
    /// <exception cref="InvalidDataException">It is no such workbook.</exception>
    internal static string ToYaml(byte[] bytes)
    {
        var sheets = WorkbookReader.Read(bytes).ToList();
        IReadOnlyList<IReadOnlyDictionary<string, string>> Of(string name) =>
            sheets.Find(s => s.Name == name) is { Rows: { } rows } ? Named(rows) : throw new InvalidDataException($"工作簿里没有“{name}”表");
        var system = Of(About).FirstOrDefault(r => r.GetValueOrDefault("项") == "系统")?.GetValueOrDefault("内容") ?? throw new InvalidDataException("“说明”表里没有“系统”一行");
        var yaml = new YamlLines().Pair("answers", system);
        yaml.List("documents", Of(Papers), (y, r) => y.First("id", r["编号"]).Pair("kind", r["种类"]).Pair("file", r["文件"]).Pair("sha256", r["SHA-256"]).Pair("issuedOn", DayOf(r["出具日期"])).Pair("expiresOn", DayOf(r["到期日期"])));
        yaml.List("items", Of(Items), (y, r) => Filled(y.First("item", r["条目"]).Pair("object", r["对象"]).Pair("verdict", r["结论"]), r));
        yaml.List("highRisks", Of(Cases), (y, r) => Filled(y.FirstList("cases", r["情形"]).Pair("claim", r["回答"]).Pair("mitigation", r["降低条件编号"]), r));
        return yaml.ToString();
    }

    private static void Filled(YamlLines yaml, IReadOnlyDictionary<string, string> row)
    {
        yaml.Pair("by", row["回答人"]).Pair("organisation", row["单位"]).Pair("on", DayOf(row["日期"])).Pair("statement", row["说明"]).Words("documents", row["引用文档"]);
        yaml.Attachments([.. row[Filling[2].Header].ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => l.Split('|', 2, StringSplitOptions.TrimEntries))]);
    }

    /// <summary>Rows that hold anything, cells by the header of their column.</summary>
    private static List<IReadOnlyDictionary<string, string>> Named(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var headers = rows[0].Select(h => h.Trim()).ToList();
        return
        [
            .. rows.Skip(1).Where(r => r.Any(c => c.Trim().Length > 0)).Select(r => new Cells(headers
                .Select((h, i) => (Header: h, Text: i < r.Count ? r[i].Trim() : "")).Where(c => c.Header.Length > 0)
                .DistinctBy(c => c.Header, StringComparer.Ordinal).ToDictionary(c => c.Header, c => c.Text, StringComparer.Ordinal))),
        ];
    }

    private static IReadOnlyList<string> Row(SheetRow row, string first, string second, AnswerQuestion question, string said) =>
    [
        first, second, question.Where, question.Asks, question.Look, question.Evidence + (question.Documents.Count > 0 ? $"；文档：{string.Join('、', question.Documents)}" : ""), said,
        row.Statement ?? "", string.Join(' ', row.Documents), string.Join('\n', row.Evidence.Select(e => e.Sha256 is { } hash ? $"{e.Path}{Bar}{hash}" : e.Path)), row.By ?? "", row.Organisation ?? "", Day(row.On),
    ];

    private static string Title(AnswerQuestions questions, string kind) =>
        questions.Documents.FirstOrDefault(d => d.Id == kind) is { } found ? $"{found.Title}（{found.Holder}{(found.ValidMonths is { } months ? $"，{months} 个月内的才算" : "")}）" : "";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Spreadsheets turn days into numbers of days since 1899-12-30, and people write 2026/1/20.</summary>
    private static string DayOf(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 20_000 and < 80_000)
        {
            return Day(DateOnly.FromDateTime(new DateTime(1899, 12, 30).AddDays((double)Math.Floor(number))));
        }

        return DateOnly.TryParseExact(text, ["yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Day(day) : text;
    }

    private static WorksheetColumn Input(string header, int width) => new(header, width) { IsInput = true };

    /// <summary>A column somebody deleted is an empty one, but the ones a row cannot do without are named.</summary>
    private sealed class Cells(Dictionary<string, string> cells) : IReadOnlyDictionary<string, string>
    {
        public string this[string key] => cells.TryGetValue(key, out var text) ? text : throw new InvalidDataException($"表里没有“{key}”一列");

        public IEnumerable<string> Keys => cells.Keys;

        public IEnumerable<string> Values => cells.Values;

        public int Count => cells.Count;

        public bool ContainsKey(string key) => cells.ContainsKey(key);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) => cells.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => cells.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
