namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A file of which only bodies of methods are others than before, with the way from its places to those they were at.</summary>
internal sealed class ChangedFile
{
    private readonly FileShape _before;
    private readonly FileShape _now;

    private ChangedFile(FileShape before, FileShape now) => (_before, _now) = (before, now);

    /// <returns>Null where more than bodies changed, or it cannot be told.</returns>
    public static ChangedFile? Of(FileShape before, FileShape now) =>
        before.IsOdd || now.IsOdd || before.Rest != now.Rest || before.Starts.Length != now.Starts.Length ? null : new ChangedFile(before, now);

    /// <summary>The body that begins there says something else; no body begins there where nobody wrote one, as of initialisers.</summary>
    /// <param name="start">In the file as it is.</param>
    public bool IsAnother(int start) => _now.At(start) is >= 0 and var body && _now.Bodies[body] != _before.Bodies[body];

    /// <returns>Negative where it is in a body that is another.</returns>
    public int ToNow(int before) => Move(before, _before, _now);

    /// <returns>Negative where it is in a body that is another.</returns>
    public int ToBefore(int now) => Move(now, _now, _before);

    private static int Move(int place, FileShape from, FileShape to)
    {
        var body = from.At(place);
        if (body < 0)
        {
            var before = ~body;
            return before == 0 ? place : place - from.Ends[before - 1] + to.Ends[before - 1];
        }

        return from.Bodies[body] == to.Bodies[body] ? place - from.Starts[body] + to.Starts[body] : -1;
    }
}
