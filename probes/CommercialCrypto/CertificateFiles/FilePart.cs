using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One encoding found in a file.</summary>
/// <param name="Offset">Where it begins, in bytes of the file.</param>
/// <param name="Label">Of its PEM section; null for binary content.</param>
/// <param name="Headers">Of its PEM section (RFC 1421), by name.</param>
/// <param name="Bytes">Decoded.</param>
internal sealed record FilePart(long Offset, string? Label, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Label and content, for comparing; never shown.</summary>
    public string Identity => $"{Label} {Convert.ToHexString(SHA256.HashData(Bytes.Span))}";
}

/// <summary>What stood in a file and could not be read.</summary>
/// <param name="Offset">Where, in bytes of the file.</param>
/// <param name="Label">Of the PEM section, where there is one.</param>
/// <param name="Found">What is there, and what should have been; for people.</param>
internal sealed record PartProblem(long Offset, string? Label, string Found);

/// <summary>Everything a file was taken apart into.</summary>
/// <param name="Parts">In order.</param>
/// <param name="Problems">In order.</param>
/// <param name="Remarks">Oddities of the file as a whole, such as UTF-16 text; for people.</param>
/// <param name="IsWhole">False where there were more parts than are read.</param>
internal sealed record TakenApart(IReadOnlyList<FilePart> Parts, IReadOnlyList<PartProblem> Problems, IReadOnlyList<string> Remarks, bool IsWhole);
