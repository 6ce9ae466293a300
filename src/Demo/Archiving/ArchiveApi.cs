using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The interface: 接收检测 of packages of others, and metadata of own cases.</summary>
internal sealed class ArchiveApi(ArchiveDesk desk, ArchiveAccounts accounts, CasePages pages) : IDisposable
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MostBytes };

    public void Dispose() => _client.Dispose();

    public IResult Metadata(HttpContext http, string id) =>
        !accounts.MayCall(http) ? Answer(401, "TOKEN", "FAIL", "没有令牌或令牌不对", [])
        : desk.Cases.FirstOrDefault(c => c.Number == id || c.Id.ToString() == id) is { Record: { } record }
            ? Results.Json(pages.Shown(record).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal))
            : Answer(404, "NOT_FOUND", "FAIL", "没有这个办件的元数据", []);

    public async Task<IResult> ReceiveAsync(HttpContext http)
    {
        if (!accounts.MayCall(http))
        {
            return Answer(401, "TOKEN", "FAIL", "没有令牌或令牌不对", []);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } cap)
        {
            cap.MaxRequestBodySize = MostBytes + (1024 * 1024);
        }

        try
        {
            var (reqid, digest, package, list) = http.Request.HasFormContentType ? await FormAsync(http) : await JsonAsync(http);
            if (reqid.Length is 0 or > 200 || package is null)
            {
                return Answer(400, "MALFORMED", "FAIL", reqid.Length == 0 ? "没有 reqid" : "没有归档信息包，也没有 url", []);
            }

            var rows = desk.IsCareless ? DetectionTable.AlwaysGreen
                : PackageDetection.Run(package, digest, list, desk.Cases.Where(c => c.Record is not null).Select(c => c.Number).ToHashSet(StringComparer.Ordinal), desk.Clock.GetUtcNow());
            var failed = rows.Where(r => r.Result == "不通过").ToList();
            desk.Note("接口", "接收检测", new string([.. reqid.Where(c => !char.IsControl(c))]), failed.Count == 0 ? "通过" : "退回");
            return failed.Count == 0 ? Answer(200, "0", "PASS", "已接收", rows) : Answer(200, "REJECTED", "FAIL", string.Join("；", failed.Select(f => $"{f.Name}：{f.Told}")), rows);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or BadHttpRequestException or HttpRequestException or InvalidOperationException or TaskCanceledException)
        {
            return Answer(400, "MALFORMED", "FAIL", "请求不完整，或取不到包", []);
        }
    }

    private static async Task<(string ReqId, string? Digest, byte[]? Package, byte[]? List)> FormAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        async Task<byte[]?> FileAsync(string name)
        {
            if (form.Files[name] is not { } file)
            {
                return null;
            }

            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, http.RequestAborted);
            return bytes.ToArray();
        }

        return (form["reqid"].ToString(), form.ContainsKey("aipdigest") ? form["aipdigest"].ToString() : null, await FileAsync("package") ?? await FileAsync("file"), await FileAsync("list"));
    }

    private async Task<(string ReqId, string? Digest, byte[]? Package, byte[]? List)> JsonAsync(HttpContext http)
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, http.RequestAborted);
        string? Of(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return (Of("reqid") ?? "", Of("aipdigest"), await FetchAsync(Of("url"), http.RequestAborted), await FetchAsync(Of("listurl"), http.RequestAborted));
    }

    private async Task<byte[]?> FetchAsync(string? url, CancellationToken stop)
    {
        if (url is null)
        {
            return null;
        }

        using var response = await _client.GetAsync(PackageSending.Own(url) ?? throw new InvalidDataException("只从本机取包"), stop);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsByteArrayAsync(stop) : null;
    }

    private static IResult Answer(int httpStatus, string code, string status, string reason, IReadOnlyList<DetectionRow> items) =>
        Results.Json(new { code, status, reason, items = items.Select(i => new { item = i.Item, name = i.Name, result = i.Result, told = i.Told }) }, statusCode: httpStatus);
}
