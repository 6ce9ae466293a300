namespace SmartCity.SecurityCheck.Model;

/// <summary>问答 · points of a published FAQ that bear on judging, in our own words.</summary>
public sealed record Guidance
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<GuidancePoint> Points { get; init; }
}

/// <summary>One point. It is computed (<see cref="Use"/>), asked of people (<see cref="Asks"/>), both, or beyond tools (<see cref="Outside"/>); never nothing of these.</summary>
public sealed record GuidancePoint
{
    /// <summary>Such as FAQ-12.6.</summary>
    public required string Id { get; init; }

    /// <summary>In our own words.</summary>
    public required string Says { get; init; }

    /// <summary>Keys it bears on, and where it is asked; empty for general ones.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Items of the high-risk guide where it is asked.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>How this tool computes it; null where it does not.</summary>
    public string? Use { get; init; }

    /// <summary>Ids of the requirements that compute it; empty where scoring or deciding of units does.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The question to people; null where nothing is asked.</summary>
    public string? Asks { get; init; }

    /// <summary>Answers with an effect of their own; empty where the answer only helps people to decide D, A and K.</summary>
    public IReadOnlyList<GuidanceChoice> Choices { get; init; } = [];

    /// <summary>What findings on one object mean together; null where nothing.</summary>
    public GuidanceJoint? Joint { get; init; }

    /// <summary>When a 不适用 of <see cref="GuidanceRefusal.Controls"/> is not taken; null where the point says nothing of it.</summary>
    public GuidanceRefusal? Refuses { get; init; }

    /// <summary>A document without which nothing good is concluded; null where none is asked for.</summary>
    public GuidanceDocument? Needs { get; init; }

    /// <summary>Why no tool can use it; null where one can.</summary>
    public string? Outside { get; init; }
}

/// <summary>One way to answer a point.</summary>
/// <param name="Word">As written in candidate.yaml behind the id of the point.</param>
/// <param name="Says">What it means for the unit.</param>
/// <param name="Denies">Set to no.</param>
/// <param name="AtMost">Of controls without aspects: no better verdict; null for no limit.</param>
public sealed record GuidanceChoice(string Word, string Says, IReadOnlyList<Aspect> Denies, Verdict? AtMost);

/// <summary>Aspects that are no where one of some requirements fails on an object that one of others is asked of as well.</summary>
/// <param name="Failing">Ids of requirements.</param>
/// <param name="Beside">Ids of requirements whose being asked of the same object says what it is.</param>
/// <param name="Denies">Set to no.</param>
public sealed record GuidanceJoint(IReadOnlyList<string> Failing, IReadOnlyList<string> Beside, IReadOnlyList<Aspect> Denies);

/// <param name="Controls">Whose 不适用.</param>
/// <param name="IsOfRemoteHosts">Only where candidate.yaml has a host that is administered over the network; otherwise always.</param>
public sealed record GuidanceRefusal(IReadOnlyList<string> Controls, bool IsOfRemoteHosts);

/// <param name="Deployments">Where it is asked for.</param>
/// <param name="Kind">Words that all stand in the kind of the material.</param>
public sealed record GuidanceDocument(IReadOnlyList<Deployment> Deployments, IReadOnlyList<string> Kind);
