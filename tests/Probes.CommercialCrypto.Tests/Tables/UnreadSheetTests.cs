using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Whoever puts what is wrong on a second sheet is not told that the first one was the whole.</summary>
public sealed class UnreadSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("visible", 1, null, "另一张", Verdict.NeedsReview)]
    [InlineData("hidden", 1, null, "另一张（隐藏）", Verdict.NeedsReview)]
    [InlineData("veryHidden", 1, null, "另一张（隐藏）", Verdict.NeedsReview)]
    [InlineData("visible", 0, null, null, Verdict.Satisfied)]
    [InlineData("hidden", 1, "表一", "另一张（隐藏）", Verdict.Satisfied)]
    public async Task A_second_sheet_with_data_is_named_and_leaves_the_question_open(string state, int rows, string? sheet, string? unread, Verdict expected)
    {
        var look = await LookAsync(state, 30, rows, sheet);
        var file = look.Data.GetProperty("file");
        Assert.Equal(unread is null ? [] : [unread], file.GetProperty("unreadSheets").EnumerateArray().Select(s => s.GetString()));
        var judged = look.Judgements("password-columns.yaml", default)["PWD-01"];
        Assert.Equal(expected, judged.Verdict);
        Assert.Equal(expected == Verdict.NeedsReview, judged.Explanation.EndsWith($"：{unread}", StringComparison.Ordinal));
        Assert.Equal(unread is not null && sheet is null, look.Everything.Contains("没有读的工作表：" + unread, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hidden_rows_are_read_as_the_others_are() => Assert.Equal(30, (await LookAsync("visible", 30, 0, null)).Number("rows"));

    [Theory]
    [InlineData(9, Verdict.NeedsReview)]
    [InlineData(10, Verdict.Satisfied)]
    public async Task A_few_passwords_prove_nothing_of_the_others(int rows, Verdict expected) =>
        Assert.Equal(expected, (await LookAsync("visible", rows, 0, null)).Verdicts("password-columns.yaml", default)["PWD-01"]);

    /// <summary>Too few of one sheet, and another one unread: both are said.</summary>
    [Fact]
    public async Task What_was_not_read_stands_in_the_sentence_about_too_few() =>
        Assert.Contains("另一张（隐藏）", (await LookAsync("hidden", 9, 1, "表一")).Judgements("password-columns.yaml", default)["PWD-01"].Explanation, StringComparison.Ordinal);

    /// <summary>Bare digests, ten of them recomputed.</summary>
    private async Task<SampleLook> LookAsync(string state, int rows, int others, string? sheet)
    {
        IReadOnlyList<string> head = ["username", "password"];
        var path = _folder.File("users.xlsx");
        await File.WriteAllBytesAsync(path, WorkbookText.Two(
            state,
            [head, .. Enumerable.Range(1, rows).Select(i => (IReadOnlyList<string>)[$"u{i}", Convert.ToHexStringLower(Cryptography.Sm3.HashData(System.Text.Encoding.UTF8.GetBytes(Password(i))))])],
            [.. Enumerable.Range(1, others).Select(i => (IReadOnlyList<string>)[$"v{i}", "Passw0rd!"])]));
        return await SampleLook.AtAsync(new PasswordColumnsProbe(), SampleRun.Sample(CryptoSampleKind.Password, path,
        [
            ("column", "password"), ("account", string.Join(',', Enumerable.Range(1, Math.Min(rows, 10)).Select(i => $"u{i}"))), ("password", string.Join('\n', Enumerable.Range(1, Math.Min(rows, 10)).Select(Password))),
            .. sheet is null ? Array.Empty<(string, string)>() : [("sheet", sheet)],
        ]));
    }

    private static string Password(int i) => i % 3 == 0 ? "123456" : $"kouling-{i}";
}
