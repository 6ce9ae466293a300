using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What somebody said of one item after the run. Later versions of an item stand in place of earlier ones, which are kept.</summary>
public sealed record Statement
{
    /// <summary>From 1, without gaps within an item.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>The item: <see cref="StatementItem.Key"/>.</summary>
    public required StatementItem Item { get; init; }

    /// <summary>Set for a 人工确认; where none of the four is set, the item was withdrawn.</summary>
    public Attestation? Attestation { get; init; }

    public Waiver? Waiver { get; init; }

    /// <summary>Set for an item of 等级保护; its attachments are <see cref="Files"/>.</summary>
    public ItemAnswer? Answer { get; init; }

    /// <summary>Set for a case of the high-risk guide; its attachments are <see cref="Files"/>.</summary>
    public CaseAnswer? Case { get; init; }

    public IReadOnlyList<StatementFile> Files { get; init; } = [];

    /// <summary>Nothing stands any more.</summary>
    public bool IsWithdrawn => this is { Attestation: null, Waiver: null, Answer: null, Case: null };
}

/// <summary>What somebody wants to say of an item; one of the four, or nothing to withdraw.</summary>
public sealed record StatementWords
{
    public static StatementWords Withdrawal { get; } = new();

    public Attestation? Attestation { get; init; }

    public Waiver? Waiver { get; init; }

    public ItemAnswer? Answer { get; init; }

    public CaseAnswer? Case { get; init; }
}

/// <param name="Kind">What can be said of it.</param>
/// <param name="RequirementId">A requirement, <c>clause/material</c>, the key of a control or the code of a high-risk case.</param>
/// <param name="TargetId">Null for every target; of an item of 等级保护 the id of its object, null for the system as a whole.</param>
public sealed record StatementItem(StatementKind Kind, string RequirementId, string? TargetId)
{
    /// <summary>Of ids of what was said after a run.</summary>
    public const string IdPrefix = "said-";

    public string Key => $"{Word}|{RequirementId}|{TargetId ?? "*"}";

    private string Word => Kind switch
    {
        StatementKind.Waiver => "waiver",
        StatementKind.ItemAnswer => "item",
        StatementKind.CaseAnswer => "case",
        _ => "attestation",
    };

    /// <summary>Id of the attestation or waiver; names from candidate.yaml do not begin so.</summary>
    public string Id => $"{IdPrefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)).AsSpan(0, 8))}";
}

public enum StatementKind
{
    Attestation,
    Waiver,

    /// <summary>An item of 等级保护.</summary>
    ItemAnswer,

    /// <summary>A case of the high-risk guide.</summary>
    CaseAnswer,
}

/// <param name="Name">As it was handed in, without folders.</param>
/// <param name="Sha256">Lower-case hexadecimal; its name in the pack.</param>
/// <param name="Bytes">Length.</param>
public sealed record StatementFile(string Name, string Sha256, long Bytes);

/// <summary>statements/log.json: everything said, in the order in which it was saved.</summary>
public sealed record StatementLog(IReadOnlyList<Statement> Entries)
{
    public static StatementLog Empty { get; } = new([]);

    /// <summary>The last word on every item, withdrawn ones included.</summary>
    public IReadOnlyDictionary<string, Statement> Latest =>
        Entries.GroupBy(e => e.Item.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);

    /// <summary>Every file that was ever attached to it, once each, in the order in which they came.</summary>
    public IReadOnlyList<StatementFile> FilesOf(StatementItem item) => [.. Entries.Where(e => e.Item.Key == item.Key).SelectMany(e => e.Files).DistinctBy(f => f.Sha256, StringComparer.Ordinal)];

    /// <summary>0 where nothing was said of it.</summary>
    public int VersionOf(StatementItem item) => Entries.Count(e => e.Item.Key == item.Key);
}
