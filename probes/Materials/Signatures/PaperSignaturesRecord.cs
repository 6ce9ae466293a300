using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Electronic signatures and seals of a paper.</summary>
public sealed record PaperSignaturesRecord
{
    /// <summary>Missing where a file could not be looked into.</summary>
    [Description("电子签名（签章）数")]
    public Fact<int> Count { get; init; }

    /// <summary>False only where there is neither an electronic signature nor a picture that could show one of ink. Missing where only pictures could.</summary>
    [Description("有签名或签章")]
    public Fact<bool> IsSigned { get; init; }

    /// <summary>Over the bytes as they are, whoever signed; missing where none was verified.</summary>
    [Description("签名与内容一致")]
    public Fact<bool> IsIntact { get; init; }

    /// <summary>Why signatures were not verified or do not hold, for people.</summary>
    [Description("没有核验成或不成立的")]
    public required IReadOnlyList<string> Unverified { get; init; }

    /// <summary>The rules say that such a paper is signed or sealed; missing where they do not know the kind.</summary>
    [Description("这种材料要签章")]
    public Fact<bool> IsAsked { get; init; }

    [Description("没有读到的")]
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>Every file opens, and a signature or its verification is what only people can see to.</summary>
    [Description("要由人看")]
    public required bool NeedsPeople { get; init; }
}
