using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Sheets with the odd words people and attackers write: markup, formulas, escapes of spreadsheets, quotes, wide and joined characters.</summary>
internal static class SomeSheet
{
    private static readonly string[] Words =
    [
        "符合", "=1+1", "'=cmd|' /C calc'!A0", "_x0041_", "_x005F_x0041_", "</script><script>alert(1)</script>", "<!--", "\"双\"引号", "'单'引号", "a: b # c", "- x", "~", "null", "true", "2026-01-20", "007", "1e3",
        "&amp;", "\\u0041", "𠮷野家", "👨‍👩‍👧", "\u202Eabc", "\u200B零宽", "\uFEFF头", "é", "%2e%2e", "{{x}}", "SHEET", "SYSTEM", "/*SCRIPT*/", "@sum", "+1", "第一行\n第二行", "一\n\n三", "\\n", "]]>", "：，。", "a\u00A0b", "|",
    ];

    public static AnswerSheet Create(ulong seed)
    {
        var dice = new SeededBytes(seed);
        string Text(bool isLine) => string.Join(' ', Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => Words[dice.Below(Words.Length)])) is var text && isLine ? text.Replace('\n', ' ').Trim() : text.Trim();
        T? Maybe<T>(Func<T> make)
            where T : class => dice.Below(3) == 0 ? null : make();
        DateOnly? Day() => dice.Below(3) == 0 ? null : new DateOnly(2020, 1, 1).AddDays(dice.Below(4000));
        string Path() => $"附件/{Text(true).Replace('/', '_').Replace('\\', '_').Replace(':', '_').Replace('|', '_')}.pdf";
        Attachment File() => new(Path(), dice.Below(2) == 0 ? null : new string("0123456789abcdef"[dice.Below(16)], 64));
        T Row<T>(T row)
            where T : SheetRow => row with
            {
                By = Maybe(() => Text(true)),
                Organisation = Maybe(() => Text(true)),
                On = Day(),
                Statement = Maybe(() => Text(false)),
                Documents = [.. Enumerable.Range(0, dice.Below(3)).Select(i => $"d-{i}")],
                Evidence = [.. Enumerable.Range(0, dice.Below(3)).Select(_ => File())],
            };
        return new AnswerSheet
        {
            System = "demo-one",
            Documents = [.. Enumerable.Range(0, dice.Below(4)).Select(i => new SheetDocument { Id = $"d-{i}", Kind = "training", File = Maybe(File), IssuedOn = Day(), ExpiresOn = Day() })],
            Answers =
            [
                .. Enumerable.Range(0, dice.Below(5)).Select(_ => Row(new ItemAnswer
                {
                    Item = dice.Below(3) == 0 ? "X " + Text(true) : "CES-IA-a",
                    Object = Maybe(() => "host:app"),
                    Verdict = dice.Below(2) == 0 ? null : new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied, Verdict.NotApplicable }[dice.Below(4)],
                })),
            ],
            Cases =
            [
                .. Enumerable.Range(0, dice.Below(4)).Select(_ => Row(dice.Below(3) == 0
                    ? new CaseAnswer { Cases = ["6.4.1.1", "6.4.2.1"], Claim = HighRiskClaim.Mitigated, Mitigation = "two-factor" }
                    : new CaseAnswer { Cases = ["6.1.1.1"], Claim = dice.Below(2) == 0 ? null : HighRiskClaim.Absent })),
            ],
        };
    }

    /// <summary>Records hold lists, which compare by reference.</summary>
    public static string Text(AnswerSheet sheet) => System.Text.Json.JsonSerializer.Serialize(sheet, ObservationJson.Options);
}
