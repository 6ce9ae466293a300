using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>Files of a pack, as a page that shows them or as they are. Addresses name them by id or hash, never by path.</summary>
internal sealed class EvidenceFiles(HttpContext context, PageContext page, OpenPack pack)
{
    private const int ShownText = 256 * 1024;
    private const int FileCap = 64 * 1024 * 1024;

    private static readonly Dictionary<string, string> Inline = new(StringComparer.Ordinal) { ["image/png"] = "image/png", ["image/jpeg"] = "image/jpeg", ["image/svg+xml"] = "image/svg+xml" };

    public async Task ViewAsync(Sound sound)
    {
        if (Find(sound) is not { } evidence || Read(evidence) is not { } bytes)
        {
            await MissingAsync();
            return;
        }

        var isPicture = Inline.ContainsKey(evidence.MediaType);
        await PageRendering.ShowAsync<ViewPage>(
            context,
            page,
            evidence.RelativePath[(evidence.RelativePath.LastIndexOf('/') + 1)..],
            StatusCodes.Status200OK,
            (nameof(ViewPage.Evidence), evidence),
            (nameof(ViewPage.Certificates), isPicture ? [] : ShownCertificate.Of(bytes)),
            (nameof(ViewPage.Uses), sound.Now.Judgement.Judgements.Where(j => j.Evidence.Contains(evidence.Id, StringComparer.Ordinal)).Select(j => j.RequirementId).Distinct(StringComparer.Ordinal).ToList()),
            (nameof(ViewPage.IsPicture), isPicture),
            (nameof(ViewPage.Text), isPicture ? null : TextOf(bytes)),
            (nameof(ViewPage.Cut), bytes.Length > ShownText));
    }

    public Task FileAsync(Sound sound) => Find(sound) is { } evidence && Read(evidence) is { } bytes
        ? SendAsync(bytes, Inline.GetValueOrDefault(evidence.MediaType), evidence.RelativePath[(evidence.RelativePath.LastIndexOf('/') + 1)..])
        : MissingAsync();

    public Task AttachmentAsync(Sound sound)
    {
        var hash = context.Request.Query["h"].ToString();
        if (sound.Log.Entries.SelectMany(e => e.Files).FirstOrDefault(f => f.Sha256 == hash) is not { } file)
        {
            return MissingAsync();
        }

        var bytes = pack.Statements.Sources.Select(s => Read(Path.Combine(s, StatementReading.FilesFolder, file.Sha256)))
            .FirstOrDefault(b => b is not null && Convert.ToHexStringLower(SHA256.HashData(b)) == file.Sha256);
        return bytes is null ? MissingAsync() : SendAsync(bytes, null, file.Name);
    }

    private Evidence? Find(Sound sound)
    {
        var id = context.Request.Query["id"].ToString();
        return sound.Now.Evidence.FirstOrDefault(e => e.Id == id);
    }

    /// <summary>The verified manifest has no path that leaves the pack, and only its files are evidence.</summary>
    private byte[]? Read(Evidence evidence) => Read(Path.Combine(pack.Folder, evidence.RelativePath));

    private static byte[]? Read(string path)
    {
        try
        {
            var bytes = new FileInfo(path) is { Exists: true, LinkTarget: null } ? RegularFile.Read(path, FileCap) : null;
            return bytes is null || bytes.Length > FileCap ? null : bytes;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? TextOf(byte[] bytes)
    {
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, ShownText));
        return head.Contains((byte)0) ? null : Encoding.UTF8.GetString(head);
    }

    private async Task SendAsync(byte[] bytes, string? inline, string name)
    {
        SafeHeaders.ForFile(context.Response);
        context.Response.ContentType = inline ?? "application/octet-stream";
        context.Response.Headers.ContentDisposition = $"{(inline is null ? "attachment" : "inline")}; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private Task MissingAsync() => PageRendering.TroubleAsync(context, page, StatusCodes.Status404NotFound, page.Say("证据包里没有这个文件。", "No such file in this pack."));
}
