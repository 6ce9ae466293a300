namespace SmartCity.SecurityCheck.Probing;

/// <summary>Runs outside programs: arguments never pass a shell, output and time are bounded, children die with their parent.</summary>
public interface IToolRunner
{
    /// <exception cref="UnableException">The program is not installed, or it ran out of time.</exception>
    Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken);
}

/// <param name="Program">Name to look up on PATH, or a full path of this tool's own choosing.</param>
/// <param name="Arguments">One element an argument.</param>
public sealed record ToolCall(string Program, IReadOnlyList<string> Arguments)
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of standard output and of standard error kept; the rest is read and dropped.</summary>
    public int OutputCap { get; init; } = 16 * 1024 * 1024;

    public byte[]? StandardInput { get; init; }

    /// <summary>Variables set for the child; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}

public sealed record ToolResult(int ExitCode, byte[] Output, byte[] Error, bool OutputCut)
{
    public string OutputText => System.Text.Encoding.UTF8.GetString(Output);

    public string ErrorText => System.Text.Encoding.UTF8.GetString(Error);
}
