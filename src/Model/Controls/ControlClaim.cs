namespace SmartCity.SecurityCheck.Model;

/// <summary>What the judgements of a requirement say of a control of a standard.</summary>
public sealed record ControlClaim
{
    /// <summary>
    /// Keys of controls; none where it only speaks of items of the high-risk guide. A target that the candidate assigned to no assessment object counts for the first alone;
    /// one that belongs to an object counts for those of them the object is of.
    /// </summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The first of <see cref="Controls"/>; null where there is none, or where objects alone are meant.</summary>
    public string? Default => Controls.Count > 0 && !OnlyDeclared ? Controls[0] : null;

    /// <summary>不符合 and 部分符合 set these to no. Empty where the control has no aspects: the verdict counts as it is.</summary>
    public IReadOnlyList<Aspect> Aspects { get; init; } = [];

    /// <summary>
    /// 符合 sets these to yes; never <see cref="Aspect.K"/>, and among <see cref="Aspects"/> unless <see cref="OnlyDeclared"/>: of an object
    /// whose makers say what it is, a rule may give credit without its failing being held against it.
    /// </summary>
    public IReadOnlyList<Aspect> Proves { get; init; } = [];

    /// <summary>Field of the observation with the bits of security of the weakest algorithm in use, for Ra.</summary>
    public string? StrengthField { get; init; }

    /// <summary>The same where the rule knows it: the bits of what a 不符合 has proven to be in use.</summary>
    public int? StrengthBits { get; init; }

    /// <summary>Speaks of a target only where candidate.yaml made it part of an assessment object, which the target alone never is.</summary>
    public bool OnlyDeclared { get; init; }

    /// <summary>Only its 不符合 and 部分符合 speak of the control: what was looked for from one place and not found is no proof that it is not there.</summary>
    public bool OnlyAgainst { get; init; }

    /// <summary>A measured 符合 says that a clear port only sends people on to an encrypted one of its host and is no channel itself.</summary>
    public bool IsDoorstep { get; init; }

    /// <summary>Field of the observation with the level (GB/T 37092) of the weakest product, for Rk; in a list as <c>list.field</c>, null there for no level.</summary>
    public string? ModuleField { get; init; }

    /// <summary>Items of the high-risk guide whose trigger a 不符合 proves.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>Items a 不符合 only makes likely.</summary>
    public IReadOnlyList<string> Suspects { get; init; } = [];
}

/// <summary>The three questions of 密评 about one object under one technical unit (GB/T 43206-2023).</summary>
public enum Aspect
{
    /// <summary>密码使用有效性: cryptography is used, rightly and with effect, for this need.</summary>
    D,

    /// <summary>密码算法/技术合规性.</summary>
    A,

    /// <summary>密钥管理安全: key management, and the product or service behind it. The tool alone never says yes.</summary>
    K,
}
