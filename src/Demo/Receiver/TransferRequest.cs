using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What a sender wrote: as JSON with the address of the package, or as a form with the package itself.</summary>
internal sealed record TransferRequest
{
    private const int JsonCap = 64 * 1024;
    private const int FieldCap = 4 * 1024;
    private const int MostFields = 50;

    private static readonly string[] PackageFields = ["package", "file"];

    public string ReqId { get; init; } = "";

    /// <summary>Null where none was given.</summary>
    public string? Digest { get; init; }

    /// <summary>As named; null where it was not.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Where the package is to be fetched; null where it came with the request.</summary>
    public string? Url { get; init; }

    /// <summary>Digests of the package that came with the request; null where none did.</summary>
    public TransferDigest? Package { get; init; }

    /// <param name="request">Of the sender.</param>
    /// <param name="take">Where the bytes of a package go.</param>
    /// <exception cref="InvalidDataException">No such form.</exception>
    public static async Task<TransferRequest> ReadAsync(HttpRequest request, Func<Stream, Task<TransferDigest>> take, CancellationToken stop)
    {
        const string Wrong = "Content-Type 应为 application/json 或 multipart/form-data";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type is null)
        {
            throw new InvalidDataException(Wrong);
        }

        return type.MediaType.Value switch
        {
            "application/json" => await JsonAsync(request, stop),
            "multipart/form-data" => await FormAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).Value, take, stop),
            _ => throw new InvalidDataException(Wrong),
        };
    }

    private static async Task<TransferRequest> JsonAsync(HttpRequest request, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await CopyAsync(request.Body, bytes, JsonCap, stop);
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray(), new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new TransferRequest { ReqId = Text(root, "reqid") ?? "", Digest = Text(root, "aipdigest"), Algorithm = Text(root, "algorithm"), Url = Text(root, "url") }
                : throw new InvalidDataException("JSON 不是对象");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("不是完整的 JSON", broken);
        }
    }

    private static async Task<TransferRequest> FormAsync(HttpRequest request, string? boundary, Func<Stream, Task<TransferDigest>> take, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            throw new InvalidDataException("multipart/form-data 没有 boundary");
        }

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        TransferDigest? package = null;
        while (fields.Count < MostFields && await reader.ReadNextSectionAsync(stop) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                continue;
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (package is null && PackageFields.Contains(name, StringComparer.Ordinal))
            {
                package = await take(section.Body);
            }
            else
            {
                using var value = new MemoryStream();
                await CopyAsync(section.Body, value, FieldCap, stop);
                fields[name] = System.Text.Encoding.UTF8.GetString(value.ToArray());
            }
        }

        return new TransferRequest { ReqId = fields.GetValueOrDefault("reqid", ""), Digest = fields.GetValueOrDefault("aipdigest"), Algorithm = fields.GetValueOrDefault("algorithm"), Url = fields.GetValueOrDefault("url"), Package = package };
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task CopyAsync(Stream from, MemoryStream to, int cap, CancellationToken stop)
    {
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, stop)) > 0)
        {
            if (to.Length + read > cap)
            {
                throw new InvalidDataException($"请求的文字部分超过 {cap / 1024} KiB");
            }

            to.Write(buffer, 0, read);
        }
    }
}
