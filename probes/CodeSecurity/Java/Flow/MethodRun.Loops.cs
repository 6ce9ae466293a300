using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Loops, switches and attempts.</summary>
internal sealed partial class MethodRun
{
    private void ExecuteLoop(JavaStatement statement)
    {
        var mark = _scopes.Mark();
        switch (statement)
        {
            case JavaWhile loop:
                Repeat(loop.Condition, () => Execute(loop.Body), [], isFirstSure: false);
                break;
            case JavaDo loop:
                Repeat(loop.Condition, () => Execute(loop.Body), [], isFirstSure: true);
                break;
            case JavaFor loop:
                foreach (var first in loop.First)
                {
                    Execute(first);
                }

                WalkOver(Walked(loop), w => Repeat(loop.Condition, () => Execute(loop.Body), loop.Steps, isFirstSure: false, walk: w));
                break;
            case JavaForEach loop:
                ForEach(loop);
                break;
            case JavaSwitch choice:
                Select(choice.Subject, choice.Cases, hasValue: false);
                break;
            case JavaTry attempt:
                Try(attempt);
                break;
            case JavaLocalType local:
                RunBody(local.Declaration.Members, null);
                break;
            case JavaEmpty:
                break;
        }

        _scopes.Leave(mark);
    }

    private void ForEach(JavaForEach loop)
    {
        var values = Evaluate(loop.Values);
        if (_now is null)
        {
            return;
        }

        var type = _program.NameOf(loop.Variable.Type, _type) ?? (values.Type is { } whole && whole.EndsWith("[]", StringComparison.Ordinal) ? whole[..^2] : null);
        var variable = _scopes.Declare(loop.Variable.Name, type);
        if ((Listed(values) ?? ListedIn(loop.Values)) is { } listed)
        {
            OneByOne(loop, listed, variable);
            return;
        }

        WalkOver(Walked(loop), w => Repeat(null, () =>
        {
            var element = Narrow(Read(values, FlowObject.Any), type);
            _now![variable] = element.WithMarks(TaintMarks.Step(element.Marks, Place(loop.Variable.Span), Letterwise($"逐个取到 {loop.Variable.Name}", type)));
            Execute(loop.Body);
        }, [], isFirstSure: false, isEndless: false, w));
    }

    /// <summary>A loop over a list whose every element is known.</summary>
    private void OneByOne(JavaForEach loop, FlowValue[] listed, int variable)
    {
        var target = new JumpTarget(_label, IsLoop: true, Takes: true);
        _label = null;
        _targets.Push(target);
        foreach (var element in listed)
        {
            if (_now is not null)
            {
                _now[variable] = element;
                Execute(loop.Body);
                _now = Join(_now, target.Continued);
                target.Continued = null;
            }
        }

        _targets.Pop();
        _now = Join(_now, target.Broken);
    }

    private void Repeat(JavaExpression? condition, Action body, ImmutableArray<JavaExpression> steps, bool isFirstSure, bool isEndless = true, Walk? walk = null)
    {
        var target = new JumpTarget(_label, IsLoop: true, Takes: true);
        _label = null;
        _targets.Push(target);
        FlowState? exit = null;
        var isSettled = false;
        for (var round = 0; round <= _book.Limits.Rounds && _now is not null; round++)
        {
            var before = _now.Copy();
            if (!isFirstSure)
            {
                exit = Leave(condition, isEndless);
            }

            if (_now is not null)
            {
                Enter(walk);
                body();
                _now = Join(_now, target.Continued);
                Passed(walk);
                foreach (var step in _now is null ? [] : steps)
                {
                    Evaluate(step);
                }
            }

            if (isFirstSure && _now is not null)
            {
                exit = Leave(condition, isEndless);
            }

            _now = Join(before, _now);
            if (FlowState.Same(before, _now))
            {
                isSettled = true;
                break;
            }
        }

        if (!isSettled && _now is not null)
        {
            _book.Cut.TryAdd(_method, "循环没有走到不再变化");
        }

        _targets.Pop();
        _now = exit;
        Leave(walk);
        _now = Join(_now, target.Broken);
    }

    /// <summary>Goes on where the condition of a loop holds.</summary>
    /// <returns>Where it does not.</returns>
    private FlowState? Leave(JavaExpression? condition, bool isEndless)
    {
        if (condition is null)
        {
            return isEndless ? null : _now!.Copy();
        }

        var truth = Truth(Evaluate(condition));
        if (_now is null)
        {
            return null;
        }

        FlowState? exit = null;
        if (truth != true)
        {
            var inside = _now.Copy();
            Assume(condition, false);
            exit = _now;
            _now = inside;
        }

        if (truth == false)
        {
            _now = null;
            return exit;
        }

        Assume(condition, true);
        return exit;
    }

    /// <param name="subject">What is looked at.</param>
    /// <param name="cases">In order.</param>
    /// <param name="hasValue">An expression, which takes one of its cases; a statement may take none.</param>
    /// <returns>The value, where the switch is one.</returns>
    private FlowValue Select(JavaExpression subject, ImmutableArray<JavaSwitchCase> cases, bool hasValue)
    {
        var value = Evaluate(subject);
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        var target = new JumpTarget(_label, IsLoop: false, Takes: true, IsSwitch: hasValue);
        _label = null;
        _targets.Push(target);
        var (entry, chosen, end) = (_now, Chosen(value, cases), default(FlowState));
        FlowState? fallen = null;
        for (var i = 0; i < cases.Length; i++)
        {
            _now = chosen is null || chosen == i ? entry.Copy() : null;
            var mark = _scopes.Mark();
            Meet(cases[i], value, subject);
            _now = Join(_now, fallen);
            fallen = null;
            Case(cases[i], target);
            _scopes.Leave(mark);
            if (cases[i].IsArrow)
            {
                end = Join(end, _now);
            }
            else
            {
                fallen = _now;
            }
        }

        _targets.Pop();
        var isWhole = chosen >= 0 || hasValue || cases.Any(c => c.IsDefault || c.Patterns.Length > 0);
        _now = Join(Join(end, fallen), Join(target.Broken, isWhole ? null : entry));
        return target.Value ?? FlowValue.Unknown;
    }

    /// <summary>What is known where a case is taken, and not where the one before falls into it.</summary>
    private void Meet(JavaSwitchCase one, FlowValue value, JavaExpression subject)
    {
        if (_now is null)
        {
            return;
        }

        if (one is { Patterns.Length: > 0, Labels.Length: 0, IsDefault: false } && one.Patterns.All(p => !MayMatch(p, value)))
        {
            _now = null;
            return;
        }

        foreach (var pattern in one.Patterns)
        {
            Bind(pattern, value);
        }

        if (one.Labels.Length > 0 && !one.IsDefault)
        {
            // It is one of the labels, whoever sent it.
            CleanPlace(subject, Worth(ulong.MaxValue, one.Labels.SelectMany(LetIn)));
        }

        if (one.Guard is not null)
        {
            Evaluate(one.Guard);
            Assume(one.Guard, true);
        }
    }

    private void Case(JavaSwitchCase one, JumpTarget target)
    {
        if (_now is null)
        {
            return;
        }

        if (one is { IsArrow: true, Body: [JavaExpressionStatement only] } && target.IsSwitch)
        {
            var given = Evaluate(only.Expression);
            target.Value = target.Value is null ? given : FlowValue.Join(target.Value, given);
            return;
        }

        foreach (var statement in one.Body)
        {
            Execute(statement);
        }
    }

    /// <returns>Number of the case that is taken; −1 where none is; null where that is not known.</returns>
    private int? Chosen(FlowValue value, ImmutableArray<JavaSwitchCase> cases)
    {
        if (value.Constant is null or JavaNull or DeployedText || cases.Any(c => c.Patterns.Length > 0 || c.Guard is not null))
        {
            return null;
        }

        var other = -1;
        for (var i = 0; i < cases.Length; i++)
        {
            other = cases[i].IsDefault ? i : other;
            foreach (var label in cases[i].Labels)
            {
                if (Evaluate(label).Constant is not { } constant)
                {
                    return null;
                }

                if (ConstantFolding.AreEqual(constant, value.Constant))
                {
                    return i;
                }
            }
        }

        return other;
    }
}
