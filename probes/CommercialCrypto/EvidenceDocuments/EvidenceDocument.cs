using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A document of <c>materials:</c>, or a folder of them, by its digests. What stands in it nobody here reads.</summary>
public sealed record EvidenceDocument
{
    [Description("文件数")]
    public required int Files { get; init; }

    /// <summary>Of all files together; above 0.</summary>
    [Description("字节数")]
    public required long Bytes { get; init; }

    /// <summary>Of those files that have the shape of a document (<see cref="PaperShape"/>); 0 where none has.</summary>
    [Description("其中认得出是文件内容的字节数")]
    public required long LegibleBytes { get; init; }

    /// <summary>Names of the shapes found, without repetition, ordinal order.</summary>
    [Description("文件形式（只看形状，内容没有读）")]
    public required IReadOnlyList<string> Forms { get; init; }

    /// <summary>64 lower-case hexadecimal digits; of a folder that of its listing, one line <c>sha256  name</c> a file in ordinal order.</summary>
    [Description("SHA-256")]
    public required string Sha256 { get; init; }

    /// <summary>As <see cref="Sha256"/>.</summary>
    [Description("SM3")]
    public required string Sm3 { get; init; }
}
