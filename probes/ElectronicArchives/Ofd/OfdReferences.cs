using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>How one Reference of a signature came out.</summary>
internal enum ReferenceOutcome
{
    Same,
    Differs,
    Missing,
    Unreadable,

    /// <summary>A keyed or unknown method.</summary>
    Unknown,
}

/// <summary>One Reference with both values.</summary>
internal sealed record CheckedReference(string Location, ContainerEntry? Entry, string Method, ReferenceOutcome Outcome, string Stated, string Found)
{
    public string Say() => Outcome switch
    {
        ReferenceOutcome.Missing => $"受保护的文件 {Location} 不存在（签名里的摘要 {Stated}）",
        ReferenceOutcome.Unreadable => $"受保护的文件 {Location} 读不出",
        ReferenceOutcome.Unknown => $"{Location} 的摘要方法 {Method} 需要密钥或不受支持，无法重算",
        _ => $"{Location} 的 {Method} 摘要：签名里为 {Stated}，重算为 {Found}",
    };
}

/// <summary>Compares the digests a signature states with the files as they are (GB/T 33190-2016 clause 18.2.2).</summary>
internal sealed class OfdReferences(OfdParts parts)
{
    private const int Most = 20_000;

    /// <summary>False where a signature lists more files than are compared.</summary>
    public static bool IsWhole(OfdSignature signature) => signature.References.Named("Reference").Skip(Most).FirstOrDefault() is null;

    public List<CheckedReference> Check(OfdSignature signature)
    {
        if (signature.References is not { } references || signature.Entry is not { } from)
        {
            return [];
        }

        var method = references.Attr("CheckMethod");
        return [.. references.Named("Reference").Take(Most).Select(r => Check(r, r.Attr("CheckMethod") ?? method, from.Path))];
    }

    private CheckedReference Check(XElement reference, string? method, string from)
    {
        parts.Stop.ThrowIfCancellationRequested();
        var location = reference.Attr("FileRef") ?? "";
        var stated = reference.Text("CheckValue") ?? "";
        var entry = parts.Find(location, from);
        var name = SealHashes.NameOf(method);
        CheckedReference Answer(ReferenceOutcome outcome, string found = "") => new(Shown(location), entry, name ?? method ?? "", outcome, Shown(stated), found);
        if (entry is null)
        {
            return Answer(ReferenceOutcome.Missing);
        }

        if (name is null)
        {
            return Answer(ReferenceOutcome.Unknown);
        }

        if (parts.Digest(entry, name) is not { } digest)
        {
            return Answer(ReferenceOutcome.Unreadable);
        }

        var found = Convert.ToBase64String(digest);
        var same = Decoded(stated) is { } value && value.AsSpan().SequenceEqual(digest);
        return Answer(same ? ReferenceOutcome.Same : ReferenceOutcome.Differs, found);
    }

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[256];
        return text.Length <= 256 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static string Shown(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
