using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The web face of an answers file: one page that works from a disk without a network and hands back YAML, or itself with the answers in it.</summary>
public static class AnswerForm
{
    private const string Start = "<script type=\"application/json\" id=\"sheet\">";
    private const string End = "</script>";
    private const int MostRows = 8000;

    /// <summary>Escapes what could end a script element; Chinese stays readable.</summary>
    private static readonly JsonSerializerOptions Embedded = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(AnswerSheet sheet, AnswerQuestions questions)
    {
        var data = new JsonObject
        {
            ["system"] = sheet.System,
            ["documents"] = Array(sheet.Documents, d => Document(d, questions)),
            ["items"] = Array(sheet.Answers, a => Row(a, questions.Of(a), new() { ["item"] = a.Item, ["object"] = a.Object ?? "", ["verdict"] = a.Verdict?.Name() ?? "" })),
            ["highRisks"] = Array(sheet.Cases, c => Row(c, questions.Of(c), Case(c, questions))),
        };
        return Resource("form.html")
            .Replace("/*STYLE*/", Resource("form.css"), StringComparison.Ordinal)
            .Replace("/*SCRIPT*/", Resource("form.js"), StringComparison.Ordinal)
            .Replace("SYSTEM", WebUtility.HtmlEncode(sheet.System), StringComparison.Ordinal)
            .Replace("SHEET", data.ToJsonString(Embedded), StringComparison.Ordinal);
    }

    /// <summary>The YAML of what a page holds, for the one reader that checks it.</summary>
    /// <exception cref="InvalidDataException">It is no such page.</exception>
    internal static string ToYaml(byte[] bytes)
    {
        var page = Encoding.UTF8.GetString(bytes);
        var from = page.IndexOf(Start, StringComparison.Ordinal);
        var to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0)
        {
            throw new InvalidDataException("网页里没有答题数据");
        }

        try
        {
            var data = JsonNode.Parse(page[(from + Start.Length)..to], documentOptions: new JsonDocumentOptions { MaxDepth = 16 })!.AsObject();
            var yaml = new YamlLines().Pair("answers", Text(data, "system"));
            yaml.List("documents", Rows(data, "documents"), (y, r) => y.First("id", Text(r, "id")).Pair("kind", Text(r, "kind")).Pair("file", Text(r, "file")).Pair("sha256", Text(r, "sha256")).Pair("issuedOn", Text(r, "issuedOn")).Pair("expiresOn", Text(r, "expiresOn")));
            yaml.List("items", Rows(data, "items"), (y, r) => Filled(y.First("item", Text(r, "item")).Pair("object", Text(r, "object")).Pair("verdict", Text(r, "verdict")), r));
            yaml.List("highRisks", Rows(data, "highRisks"), (y, r) => Filled(y.FirstList("cases", string.Join(' ', Words(r, "cases"))).Pair("claim", Text(r, "claim")).Pair("mitigation", Text(r, "mitigation")), r));
            return yaml.ToString();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("网页里的答题数据损坏", broken);
        }
    }

    private static void Filled(YamlLines yaml, JsonObject row) => yaml
        .Pair("by", Text(row, "by")).Pair("organisation", Text(row, "organisation")).Pair("on", Text(row, "on")).Pair("statement", Text(row, "statement"))
        .Words("documents", string.Join(' ', Words(row, "documents")))
        .Attachments([.. Rows(row, "evidence").Select(e => new[] { Text(e, "file"), Text(e, "sha256") })]);

    private static JsonObject Document(SheetDocument document, AnswerQuestions questions)
    {
        var kind = questions.Documents.FirstOrDefault(d => d.Id == document.Kind);
        return new JsonObject
        {
            ["id"] = document.Id,
            ["kind"] = document.Kind,
            ["file"] = document.File?.Path ?? "",
            ["sha256"] = document.File?.Sha256 ?? "",
            ["issuedOn"] = Day(document.IssuedOn),
            ["expiresOn"] = Day(document.ExpiresOn),
            ["title"] = kind?.Title ?? document.Kind,
            ["holder"] = kind?.Holder ?? "",
            ["months"] = kind?.ValidMonths,
        };
    }

    private static JsonObject Case(CaseAnswer answer, AnswerQuestions questions) => new()
    {
        ["cases"] = Array(answer.Cases, c => JsonValue.Create(c)),
        ["claim"] = answer.Claim is { } claim ? AnswerSheetReader.Claims.First(c => c.Value == claim).Word : "",
        ["mitigation"] = answer.Mitigation ?? "",
        ["mitigations"] = Array([.. answer.Cases.SelectMany(questions.MitigationsOf).DistinctBy(m => m.Id, StringComparer.Ordinal)], m => new JsonArray(m.Id, m.Asks)),
    };

    private static JsonObject Row(SheetRow row, AnswerQuestion question, JsonObject head)
    {
        head["by"] = row.By ?? "";
        head["organisation"] = row.Organisation ?? "";
        head["on"] = Day(row.On);
        head["statement"] = row.Statement ?? "";
        head["documents"] = Array(row.Documents, d => JsonValue.Create(d));
        head["evidence"] = Array(row.Evidence, e => new JsonObject { ["file"] = e.Path, ["sha256"] = e.Sha256 ?? "" });
        head["where"] = question.Where;
        head["asks"] = question.Asks;
        head["look"] = question.Look;
        head["accepts"] = question.Evidence;
        head["offers"] = Array(question.Documents, d => JsonValue.Create(d));
        return head;
    }

    private static JsonArray Array<T>(IReadOnlyList<T> rows, Func<T, JsonNode?> one) => new([.. rows.Select(one)]);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string Text(JsonObject row, string key) => row[key] is { } value ? value.GetValue<string>() : "";

    private static IReadOnlyList<string> Words(JsonObject row, string key) => row[key] is { } value ? [.. value.AsArray().Select(v => v!.GetValue<string>())] : [];

    private static List<JsonObject> Rows(JsonObject row, string key)
    {
        var rows = row[key]?.AsArray().Select(v => v!.AsObject()).ToList() ?? [];
        return rows.Count <= MostRows ? rows : throw new InvalidDataException("网页里的行太多");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(AnswerForm).Assembly.GetManifestResourceStream($"answers/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
