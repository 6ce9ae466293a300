using System.Globalization;

namespace SmartCity.SecurityCheck.Judging;

/// <param name="File">As the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}({Line},{Column})";

    /// <summary>The place that was written as <see cref="ToString"/> does; line 1, column 1 of the file where only a file was named.</summary>
    public static SourcePosition Of(string origin)
    {
        var open = origin.LastIndexOf('(');
        return open > 0 && origin.EndsWith(')') && origin[(open + 1)..^1].Split(',') is [var line, var column]
            && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var atLine) && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var atColumn)
            ? new SourcePosition(origin[..open], atLine, atColumn)
            : new SourcePosition(origin, 1, 1);
    }
}

/// <summary>One mistake in a file somebody wrote, with what was expected there.</summary>
/// <param name="At">Where.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Expected">What would be right; may be null.</param>
/// <param name="Example">A line to copy; may be null.</param>
public sealed record InputFault(SourcePosition At, string Message, string? Expected = null, string? Example = null)
{
    public override string ToString() =>
        $"{At}: {Message}{(Expected is null ? "" : $"；应为{Expected}")}{(Example is null ? "" : $"；例如 {Example}")}";
}

/// <summary>The mistakes of one or more input files. Nothing was run and nothing contacted.</summary>
public sealed class InputFaultException(IReadOnlyList<InputFault> faults)
    : Exception(string.Join('\n', faults.Select(f => f.ToString())))
{
    public IReadOnlyList<InputFault> Faults { get; } = faults;
}

/// <summary>Gathers mistakes so that an author sees all of them at once.</summary>
public sealed class FaultList
{
    /// <summary>More would not be read.</summary>
    public const int Cap = 100;

    private readonly List<InputFault> _faults = [];

    public IReadOnlyList<InputFault> Faults => _faults;

    public void Add(SourcePosition at, string message, string? expected = null, string? example = null)
    {
        if (_faults.Count < Cap)
        {
            _faults.Add(new InputFault(at, message, expected, example));
        }
    }

    /// <summary>The mistakes of a file that could not be read any further.</summary>
    public void Add(InputFaultException broken) => broken.Faults.ToList().ForEach(f => Add(f.At, f.Message, f.Expected, f.Example));

    /// <exception cref="InputFaultException">Any mistake was added.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new InputFaultException([.. _faults.OrderBy(f => f.At.File, StringComparer.Ordinal).ThenBy(f => f.At.Line).ThenBy(f => f.At.Column)]);
        }
    }
}
