namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Attempts: whatever leaves them passes what stands behind <c>finally</c>, and whatever fails in them comes to who catches it.</summary>
internal sealed partial class MethodRun
{
    private const int MostThrown = 8;

    private Stack<Catching> _thrown = new();
    private readonly Stack<Leaving> _leaving = new();

    /// <summary>What goes out of the method as an exception.</summary>
    private readonly List<FlowValue> _raised = [];

    private void Try(JavaTry attempt)
    {
        var leaving = attempt.Finally is null ? null : new Leaving(_returns, _targets.Count);
        if (leaving is not null)
        {
            _leaving.Push(leaving);
        }

        // What nobody catches here, and what handlers throw, passes the finally as well.
        var outer = leaving is null ? null : new Catching();
        Push(outer);
        var (before, catching) = (_now!.Copy(), new Catching());
        _thrown.Push(catching);
        foreach (var resource in attempt.Resources)
        {
            Execute(resource);
        }

        Execute(attempt.Body);
        _thrown.Pop();
        var end = _now;
        var entry = Join(Join(before, catching.State), end?.Copy());
        foreach (var (handler, at) in attempt.Catches.Select((c, i) => (c, i)))
        {
            _now = entry!.Copy();
            var mark = _scopes.Mark();
            _now[_scopes.Declare(handler.Name)] = Caught(handler, Reaching(handler, attempt.Catches.Take(at).ToList(), catching.Thrown));
            Execute(handler.Body);
            _scopes.Leave(mark);
            end = Join(end, _now);
        }

        _now = end;
        if (leaving is null)
        {
            if (!attempt.Catches.Any(CatchesAll))
            {
                _now = entry;
                Pass(Untaken(attempt.Catches, catching.Thrown));
                _now = end;
            }

            return;
        }

        _thrown.Pop();
        _leaving.Pop();
        var failed = Join(entry, outer!.State);
        Leave(attempt.Finally!, leaving, failed, attempt.Catches.Any(CatchesAll) ? outer.Thrown : [.. outer.Thrown, .. Untaken(attempt.Catches, catching.Thrown)]);
    }

    private void Push(Catching? one)
    {
        if (one is not null)
        {
            _thrown.Push(one);
        }
    }

    /// <summary>Goes through the finally once for each kind of way out, so that a way that ends does not tell of one that goes on.</summary>
    private void Leave(JavaBlock last, Leaving leaving, FlowState? failed, List<FlowValue> raised)
    {
        var end = _now;
        _now = failed?.Copy();
        Execute(last);
        if (_now is not null)
        {
            Pass(raised);
        }

        if (leaving is { Value: { } value, Returned: { } returned })
        {
            _now = returned;
            Execute(last);
            if (_now is not null && !Postpone(value))
            {
                _returns.Add(this, value, _now);
            }
        }

        foreach (var (target, isContinue, state) in leaving.Jumps)
        {
            _now = state;
            Execute(last);
            if (_now is not null && !Postpone(target, isContinue))
            {
                target.Go(this, isContinue);
            }
        }

        _now = end;
        Execute(last);
    }

    /// <summary>What comes to a handler: not what ends in one before it, nor what it does not take. Of the rest it is known no better than the handler says.</summary>
    private FlowValue? Reaching(JavaCatch handler, List<JavaCatch> before, List<FlowValue> thrown)
    {
        var left = Untaken(before, thrown).FindAll(v => v.MayBeOther || v.Type is not { } own || handler.Types.Any(t => _program.NameOf(t, _type) is not { } type || IsNarrower(own, type) || IsNarrower(type, own) || type == own || type is "java.lang.Exception" or "java.lang.Throwable"));
        var value = Together(left);
        return value is null || left.Count == thrown.Count || handler.Types is not [var only] || _program.NameOf(only, _type) is not { } asked || value.Type is not { } known || known == asked || !IsNarrower(known, asked) ? value : value.Typed(asked);
    }

    private List<FlowValue> Untaken(IEnumerable<JavaCatch> handlers, List<FlowValue> thrown) => thrown.FindAll(v => !handlers.Any(c => Takes(c, v)));

    private FlowValue? Together(List<FlowValue> thrown) => thrown.Aggregate(default(FlowValue), Both);

    private FlowValue Caught(JavaCatch handler, FlowValue? thrown)
    {
        var type = handler.Types.Length > 0 ? _program.NameOf(handler.Types.MinBy(OwnWords)!, _type) : null;
        if (handler.Types.Length > 1 && type is not null && FlowValue.IsThrownFromOutside(type) && thrown is { Type: { } known } && !FlowValue.IsThrownFromOutside(known))
        {
            // It is listed because it may come, whatever else is seen to be thrown.
            return thrown with { MayBeOther = false, Type = type };
        }

        if (thrown is { MayBeOther: true, Type: { } one })
        {
            return thrown with { MayBeOther = false, Type = type is null || IsNarrower(one, type) ? one : type };
        }

        if (thrown is null || (thrown.Type is { } own && handler.Types.Select(t => _program.NameOf(t, _type)).All(t => t is not null && !IsNarrower(own, t) && !IsNarrower(t, own) && t is not ("java.lang.Exception" or "java.lang.Throwable"))))
        {
            return FlowValue.OfType(type);
        }

        return FlowValue.Join(thrown, FlowValue.OfType(thrown.Type ?? type)).Typed(thrown.Type ?? type);
    }

    /// <summary>Of several types the one whose text says most that nobody wrote for people goes first.</summary>
    private int OwnWords(JavaTypeSyntax type) => _program.NameOf(type, _type) is not { } name ? 1 : FlowValue.IsThrownFromOutside(name) ? 0 : _program.Find(name) is null && !IsOfRights(type) ? 1 : 2;

    /// <summary>All that is thrown ends there, and comes to no handler behind it.</summary>
    private bool Takes(JavaCatch handler, FlowValue thrown) => thrown.Type is { } own && handler.Types.Any(t => _program.NameOf(t, _type) is { } type && (type == own || IsNarrower(own, type)));

    private bool CatchesAll(JavaCatch handler) => handler.Types.Any(t => _program.NameOf(t, _type) is "java.lang.Exception" or "java.lang.Throwable");

    private void Throw(FlowValue value)
    {
        if (_now is null)
        {
            return;
        }

        Raise(value);
        _now = null;
    }

    /// <summary>Whatever it is, something nobody caught goes on.</summary>
    private void Pass(List<FlowValue> values)
    {
        if (values.Count == 0)
        {
            Raise(null);
        }
        else
        {
            RaiseAll(values);
        }
    }

    /// <summary>An exception is on its way from here; after a call it may be.</summary>
    private void Raise(FlowValue? value)
    {
        if (_now is not null && _thrown.TryPeek(out var catching))
        {
            catching.State = Join(catching.State, _now.Copy());
            Add(catching.Thrown, value);
        }
        else if (_now is not null && value is not null && _lambdas == 0)
        {
            Add(_raised, FlowValue.Marked(Deep(value), value.Type) with { MayBeOther = value.MayBeOther });
        }
    }

    /// <summary>One of these is on its way.</summary>
    private void RaiseAll(List<FlowValue> values)
    {
        if (_now is not null && _thrown.TryPeek(out var catching))
        {
            catching.State = Join(catching.State, _now.Copy());
            values.ForEach(v => Add(catching.Thrown, v));
        }
        else
        {
            values.ForEach(Raise);
        }
    }

    private void Add(List<FlowValue> thrown, FlowValue? value)
    {
        if (value is null)
        {
            return;
        }

        var known = thrown.FindIndex(v => v.Type == value.Type && v.MayBeOther == value.MayBeOther);
        if (known >= 0 || thrown.Count >= MostThrown)
        {
            known = Math.Max(known, 0);
            thrown[known] = Both(thrown[known], value)!;
        }
        else
        {
            thrown.Add(value);
        }
    }

    /// <summary>Of two of which one was thrown; of two types it is of neither, unless one is the wider.</summary>
    private FlowValue? Both(FlowValue? a, FlowValue? b) => a is null ? b : b is null ? a : a.Type == b.Type ? FlowValue.Join(a, b)
        : FlowValue.Join(a, b) with { MayBeOther = true, Type = a.Type is null || b.Type is null ? null : IsNarrower(a.Type, b.Type) ? b.Type : IsNarrower(b.Type, a.Type) ? a.Type : null };

    /// <summary>Behind each statement of an attempt the rest may not come to pass.</summary>
    private void MayFail()
    {
        if (_now is not null && _thrown.TryPeek(out var catching))
        {
            catching.State = Join(catching.State, _now.Copy());
        }
    }

    /// <summary>A return within an attempt waits for its finally.</summary>
    private bool Postpone(FlowValue value)
    {
        if (!_leaving.TryPeek(out var leaving) || !ReferenceEquals(leaving.Returns, _returns))
        {
            return false;
        }

        leaving.Value = leaving.Value is null ? value : FlowValue.Join(leaving.Value, value);
        leaving.Returned = Join(leaving.Returned, _now);
        return true;
    }

    private bool Postpone(JumpTarget target, bool isContinue)
    {
        if (!_leaving.TryPeek(out var leaving) || !_targets.Reverse().Take(leaving.Targets).Contains(target, ReferenceEqualityComparer.Instance))
        {
            return false;
        }

        var at = leaving.Jumps.FindIndex(j => ReferenceEquals(j.Target, target) && j.IsContinue == isContinue);
        if (at < 0)
        {
            leaving.Jumps.Add((target, isContinue, _now!));
        }
        else
        {
            leaving.Jumps[at] = (target, isContinue, Join(leaving.Jumps[at].State, _now)!);
        }

        return true;
    }

    /// <summary>What comes to the handlers of an attempt.</summary>
    private sealed class Catching
    {
        public FlowState? State { get; set; }

        /// <summary>One for each type.</summary>
        public List<FlowValue> Thrown { get; } = [];
    }

    /// <summary>Ways out of an attempt that wait for its finally.</summary>
    /// <param name="returns">Where returns of the same code go.</param>
    /// <param name="targets">How many there are around it.</param>
    private sealed class Leaving(ReturnPoint returns, int targets)
    {
        public ReturnPoint Returns => returns;

        public int Targets => targets;

        public FlowValue? Value { get; set; }

        public FlowState? Returned { get; set; }

        public List<(JumpTarget Target, bool IsContinue, FlowState State)> Jumps { get; } = [];
    }
}
