using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Keeps bytes that prove an observation: blackens secrets first, then hashes, then stores.</summary>
public interface IEvidenceStore
{
    /// <exception cref="UnableException">More than <see cref="EvidenceDraft.Cap"/> bytes.</exception>
    /// <exception cref="EvidenceLostException">The store cannot be written.</exception>
    Evidence Save(EvidenceDraft draft);
}

/// <param name="ProbeId">Whose it is.</param>
/// <param name="TargetId">Of what.</param>
/// <param name="Name">File name, ASCII letters, digits, dots and hyphens; unique for the probe and target.</param>
/// <param name="MediaType">RFC 6838 type.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Description">For people.</param>
public sealed record EvidenceDraft(string ProbeId, string TargetId, string Name, string MediaType, ReadOnlyMemory<byte> Bytes, string Description)
{
    public const int Cap = 64 * 1024 * 1024;
}
