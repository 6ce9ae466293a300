using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Writes evidence below <c>evidence/PROBE/TARGET/</c> of a pack folder.</summary>
public sealed class FolderEvidenceStore(string packFolder, Redactor redactor) : IEvidenceStore
{
    public Evidence Save(EvidenceDraft draft)
    {
        var (evidence, bytes) = EvidenceDescription.Of(draft, redactor);
        var path = Path.Combine(packFolder, evidence.RelativePath.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceLostException($"证据写不进 {path}", trouble);
        }

        return evidence;
    }
}

/// <summary>Describes evidence and drops the bytes: for single probes that were given no folder to keep it in.</summary>
public sealed class DescribingEvidenceStore(Redactor redactor) : IEvidenceStore
{
    public Evidence Save(EvidenceDraft draft) => EvidenceDescription.Of(draft, redactor).Evidence;
}

internal static class EvidenceDescription
{
    public static (Evidence Evidence, byte[] Bytes) Of(EvidenceDraft draft, Redactor redactor)
    {
        if (draft.Bytes.Length > EvidenceDraft.Cap)
        {
            throw new UnableException(FailureKind.BadInput, $"证据 {draft.Name} 超过 {EvidenceDraft.Cap} 字节，未保存");
        }

        var (bytes, redactions) = redactor.Redact(draft.Bytes.Span, draft.MediaType);
        var path = $"evidence/{FileName(draft.ProbeId)}/{FileName(draft.TargetId)}/{FileName(draft.Name)}";
        var sm3 = Convert.ToHexStringLower(Sm3.HashData(bytes));
        var id = Sm3.HashData(System.Text.Encoding.UTF8.GetBytes($"{path}\n{sm3}"));
        var evidence = new Evidence
        {
            Id = $"ev-{Convert.ToHexStringLower(id.AsSpan(0, 8))}",
            MediaType = draft.MediaType,
            RelativePath = path,
            Bytes = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Sm3 = sm3,
            Redactions = redactions,
            Description = draft.Description,
        };
        return (evidence, bytes);
    }

    /// <summary>Only characters that every file system takes; never a dot first.</summary>
    private static string FileName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).TrimStart('.');
        return safe.Length is 0 or > 120
            ? $"x{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 8))}"
            : safe;
    }
}
