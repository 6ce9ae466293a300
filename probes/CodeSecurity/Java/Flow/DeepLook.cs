namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks at a value and what hangs on it, the nearest first: what is reached by two ways is looked at from the shorter one. Used again and again; never by two at a time.</summary>
/// <param name="find">An object by its number; null where there is none.</param>
internal sealed class DeepLook(Func<int, FlowObject?> find)
{
    private const int Deepest = 4;

    private readonly HashSet<int> _seen = [];
    private readonly List<FlowValue> _all = [];

    /// <returns>Good until the next look.</returns>
    public List<FlowValue> At(FlowValue value)
    {
        _seen.Clear();
        _all.Clear();
        _all.Add(value);
        var from = 0;
        for (var depth = 0; depth < Deepest && from < _all.Count; depth++)
        {
            var end = _all.Count;
            for (; from < end; from++)
            {
                foreach (var number in _all[from].Objects)
                {
                    if (find(number) is { Parts.Count: > 0 } one && _seen.Add(number))
                    {
                        _all.AddRange(one.Parts.Values);
                    }
                }
            }
        }

        return _all;
    }
}
