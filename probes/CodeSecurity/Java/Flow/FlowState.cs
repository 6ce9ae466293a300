namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Variables and objects at one place of a method. Copies share objects until one of them changes.</summary>
internal sealed class FlowState
{
    private FlowValue?[] _variables;
    private Dictionary<int, FlowObject> _objects;
    private bool _isShared;

    public FlowState()
        : this(new FlowValue?[16], [])
    {
    }

    private FlowState(FlowValue?[] variables, Dictionary<int, FlowObject> objects) => (_variables, _objects) = (variables, objects);

    public IReadOnlyDictionary<int, FlowObject> Objects => _objects;

    /// <summary>Bits of the parameters whose variables hold something else than what was given, on one way at least.</summary>
    public ulong Assigned { get; set; }

    /// <summary>What was given that was checked, on every way, for where paths lead: that speaks for other values the caller made of the same text.</summary>
    public InputSet Checked { get; set; } = InputSet.None;

    /// <summary>Parts of what was given that hold something, on every way.</summary>
    public InputSet Filled { get; set; } = InputSet.None;

    /// <summary>On every way a check of the profile has let only developers through.</summary>
    public bool IsForDevelopers { get; set; }

    public FlowValue this[int variable]
    {
        get => variable < _variables.Length ? _variables[variable] ?? FlowValue.Unknown : FlowValue.Unknown;
        set
        {
            if (variable >= _variables.Length)
            {
                Array.Resize(ref _variables, Math.Max(variable + 8, _variables.Length * 2));
            }

            _variables[variable] = value;
        }
    }

    /// <summary>Every variable becomes what is made of it.</summary>
    public void Change(Func<FlowValue, FlowValue> change) => _variables = Array.ConvertAll(_variables, v => v is null ? null : change(v));

    /// <summary>Every variable, by its number, becomes what is made of it.</summary>
    public void Change(Func<int, FlowValue, FlowValue> change)
    {
        for (var i = 0; i < _variables.Length; i++)
        {
            _variables[i] = _variables[i] is { } value ? change(i, value) : null;
        }
    }

    public FlowObject? Find(int number) => _objects.GetValueOrDefault(number);

    public void Put(int number, FlowObject one)
    {
        if (_isShared)
        {
            (_objects, _isShared) = (new Dictionary<int, FlowObject>(_objects), false);
        }

        _objects[number] = one;
    }

    public FlowState Copy()
    {
        _isShared = true;
        return new FlowState((FlowValue?[])_variables.Clone(), _objects) { _isShared = true, Assigned = Assigned, Checked = Checked, Filled = Filled, IsForDevelopers = IsForDevelopers };
    }

    /// <summary>Where two ways meet; null is a way nobody comes along.</summary>
    public static FlowState? Join(FlowState? a, FlowState? b, Func<FlowObject, string, FlowValue> missing)
    {
        if (a is null || b is null || ReferenceEquals(a, b))
        {
            return a ?? b;
        }

        var variables = new FlowValue?[Math.Max(a._variables.Length, b._variables.Length)];
        for (var i = 0; i < variables.Length; i++)
        {
            var (one, other) = (i < a._variables.Length ? a._variables[i] : null, i < b._variables.Length ? b._variables[i] : null);
            variables[i] = one is null ? other : other is null ? one : FlowValue.Join(one, other);
        }

        if (ReferenceEquals(a._objects, b._objects))
        {
            a._isShared = true;
            return new FlowState(variables, a._objects) { _isShared = true, Assigned = a.Assigned | b.Assigned, Checked = a.Checked.Meet(b.Checked), Filled = a.Filled.Meet(b.Filled), IsForDevelopers = a.IsForDevelopers && b.IsForDevelopers };
        }

        Dictionary<int, FlowObject>? objects = null;
        foreach (var (number, other) in b._objects)
        {
            var joined = a._objects.TryGetValue(number, out var one) ? FlowObject.Join(one, other, missing) : WithUntouched(other, missing);
            if (!ReferenceEquals(joined, one))
            {
                objects ??= new Dictionary<int, FlowObject>(a._objects);
                objects[number] = joined;
            }
        }

        foreach (var (number, one) in a._objects)
        {
            if (!b._objects.ContainsKey(number) && WithUntouched(one, missing) is var joined && !ReferenceEquals(joined, one))
            {
                objects ??= new Dictionary<int, FlowObject>(a._objects);
                objects[number] = joined;
            }
        }

        a._isShared |= objects is null;
        return new FlowState(variables, objects ?? a._objects) { _isShared = objects is null, Assigned = a.Assigned | b.Assigned, Checked = a.Checked.Meet(b.Checked), Filled = a.Filled.Meet(b.Filled), IsForDevelopers = a.IsForDevelopers && b.IsForDevelopers };
    }

    /// <summary>Of what a method was given, only one way changed something: along the other it is as it was.</summary>
    private static FlowObject WithUntouched(FlowObject one, Func<FlowObject, string, FlowValue> missing) =>
        one.Input is null || one.Parts.Count == 0 ? one : FlowObject.Join(one, one with { Parts = [], Count = -1 }, missing);

    public static bool Same(FlowState? a, FlowState? b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a is null || b is null || a.Assigned != b.Assigned || !a.Checked.Equals(b.Checked) || !a.Filled.Equals(b.Filled) || a.IsForDevelopers != b.IsForDevelopers)
        {
            return false;
        }

        for (var i = 0; i < Math.Max(a._variables.Length, b._variables.Length); i++)
        {
            if (!FlowValue.Same(a[i], b[i]))
            {
                return false;
            }
        }

        return ReferenceEquals(a._objects, b._objects)
            || (a._objects.Count == b._objects.Count && a._objects.All(o => b._objects.TryGetValue(o.Key, out var other) && FlowObject.Same(o.Value, other)));
    }
}
