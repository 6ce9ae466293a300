namespace SmartCity.SecurityCheck.Model;

/// <summary>密评所需 · what people say of the system's cryptography. All of it optional: what is left out is unknown.</summary>
public sealed record CryptoStatements
{
    public static CryptoStatements None { get; } = new();

    public IReadOnlyList<CryptoObject> Objects { get; init; } = [];

    public IReadOnlyList<CryptoAnswer> Answers { get; init; } = [];

    public IReadOnlyList<ApplicabilityChoice> Applicability { get; init; } = [];

    public IReadOnlyList<CoverageAnswer> Coverage { get; init; } = [];

    public IReadOnlyList<HighRiskAnswer> HighRisks { get; init; } = [];
}

/// <summary>测评对象 · a channel, device, application or kind of data that units are asked of.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Title">For people.</param>
/// <param name="Controls">Keys of the units it is an object of; at least one.</param>
/// <param name="Targets">Ids of targets whose judgements speak of it, such as <c>endpoint:portal</c>.</param>
public sealed record CryptoObject(string Id, string Title, IReadOnlyList<string> Controls, IReadOnlyList<string> Targets);

/// <summary>A statement of a named person.</summary>
public abstract record SignedStatement
{
    private protected SignedStatement() { }

    public required string Id { get; init; }

    public required string By { get; init; }

    public required string Organisation { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Reason or explanation.</summary>
    public string? Statement { get; init; }

    /// <summary>Ids or names of evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>What a person knows of one object under some units, or of some management units.</summary>
public sealed record CryptoAnswer : SignedStatement
{
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Id of a <see cref="CryptoObject"/> or a target; null for a unit as a whole.</summary>
    public string? Object { get; init; }

    /// <summary>Null: not answered.</summary>
    public bool? D { get; init; }

    public bool? A { get; init; }

    public bool? K { get; init; }

    /// <summary>Bits of security of the weakest algorithm in use, for Ra.</summary>
    public int? StrengthBits { get; init; }

    /// <summary>Level 1–4 (GB/T 37092) of the certified module in use, all other demands on key management being met, for Rk.</summary>
    public int? ModuleLevel { get; init; }

    /// <summary>符合, 部分符合 or 不符合 of management units.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Which answers of points of the FAQ hold here; what they mean is rule data.</summary>
    public IReadOnlyList<PointAnswer> Points { get; init; } = [];

    public bool? Of(Aspect aspect) => aspect switch
    {
        Aspect.D => D,
        Aspect.A => A,
        _ => K,
    };
}

/// <param name="Point">Id of a point, such as FAQ-23.</param>
/// <param name="Word">One of its choices.</param>
public sealed record PointAnswer(string Point, string Word);

/// <summary>Whether units apply; a 不适用 has its reason in the statement.</summary>
public sealed record ApplicabilityChoice : SignedStatement
{
    public required IReadOnlyList<string> Controls { get; init; }

    public required bool Applies { get; init; }
}

/// <summary>Whether what one unit protects covers all data of another one.</summary>
public sealed record CoverageAnswer : SignedStatement
{
    /// <summary>The unit that protects.</summary>
    public required string From { get; init; }

    /// <summary>The unit that is helped.</summary>
    public required string To { get; init; }

    public required bool CoversAll { get; init; }
}

/// <summary>What a person decided about items of the high-risk guide.</summary>
public sealed record HighRiskAnswer : SignedStatement
{
    public required IReadOnlyList<string> Items { get; init; }

    public required HighRiskClaim Claim { get; init; }

    /// <summary>Id of the mitigation, with <see cref="HighRiskClaim.Mitigated"/>.</summary>
    public string? Mitigation { get; init; }
}

public enum HighRiskClaim
{
    /// <summary>不存在.</summary>
    Absent,

    /// <summary>存在.</summary>
    Present,

    /// <summary>存在但已有缓解措施.</summary>
    Mitigated,
}
