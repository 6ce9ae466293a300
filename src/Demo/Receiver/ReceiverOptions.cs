namespace SmartCity.SecurityCheck.Demo;

/// <summary>How the receiving archive is set up.</summary>
public sealed record ReceiverOptions
{
    /// <summary>Port of 127.0.0.1; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>What a sender must show as Bearer token.</summary>
    public required string Token { get; init; }

    /// <summary>Answers in their order; the last one is given again and again.</summary>
    public IReadOnlyList<ReceiverAnswer> Answers { get; init; } = [new ReceiverAnswer(ReceiverAnswerKind.Check)];

    /// <summary>How long a request is left without an answer.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of one package.</summary>
    public long PackageCap { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary><c>host:port</c> from which packages may be fetched; any port of 127.0.0.1 may.</summary>
    public IReadOnlyList<string> PullFrom { get; init; } = [];

    /// <summary>Folder into which accepted packages are put; null keeps none.</summary>
    public string? Keep { get; init; }
}
