namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is known behind a condition: values that were checked are no longer dangerous.</summary>
internal sealed partial class MethodRun
{
    private void Assume(JavaExpression condition, bool truth)
    {
        if (_now is null)
        {
            return;
        }

        NoteProfile(condition, truth);
        switch (condition)
        {
            case JavaUnary { Operator: JavaTokenKind.Not } not:
                Assume(not.Operand, !truth);
                break;
            case JavaBinary { Steps: [{ Operator: JavaOperator.AndAlso or JavaOperator.OrElse }, ..] } logical:
                AssumeLogical(logical, truth);
                break;
            case JavaBinary { Steps: [{ Operator: JavaOperator.Equal or JavaOperator.NotEqual } step] } compare:
                AssumeOutcome(compare, truth);
                AssumeEqual(compare.First, step.Operand, truth == (step.Operator == JavaOperator.Equal));
                break;
            case JavaBinary { Steps: [{ Operator: JavaOperator.Less or JavaOperator.LessEqual or JavaOperator.Greater or JavaOperator.GreaterEqual } step] } order:
                AssumeOrder(order.First, step, truth);
                break;
            case JavaCall call:
                AssumeOutcome(call, truth);
                AssumeCall(call, truth);
                break;
            case JavaInstanceOf test when truth:
                AssumeType(test);
                break;
            case JavaSelect part:
                AssumeOutcome(part, truth);
                break;
            case JavaName name:
                AssumeFlag(name, truth);
                break;
        }
    }

    /// <summary>Of exceptions alone: of all types it doubles what is gone through, and whose text it is matters only there.</summary>
    private void AssumeType(JavaInstanceOf test)
    {
        if (test is { Value: JavaName { Name: var one }, Pattern: JavaTypePattern { Type: var asked } } && _scopes.Find(one) is >= 0 and var variable && _program.NameOf(asked, _type) is { } type && IsThrown(type))
        {
            _now![variable] = _now[variable] with { Seen = type };
        }
    }

    private void AssumeLogical(JavaBinary logical, bool truth)
    {
        var isAnd = logical.Steps[0].Operator == JavaOperator.AndAlso;
        if (logical.Steps.Any(s => s.Operator != logical.Steps[0].Operator))
        {
            return;
        }

        var parts = logical.Steps.Select(s => s.Operand).Prepend(logical.First).ToList();
        if (isAnd == truth)
        {
            parts.ForEach(p => Assume(p, truth));
            AssumeLetters(parts, truth);
            return;
        }

        // One of them decided, and nobody knows which.
        FlowState? all = null;
        var before = _now!;
        foreach (var part in parts)
        {
            _now = before.Copy();
            Assume(part, truth);
            all = Join(all, _now);
        }

        _now = all;
    }

    private void AssumeEqual(JavaExpression a, JavaExpression b, bool isEqual)
    {
        var (one, other) = (ConstantOf(a), ConstantOf(b));
        var (value, constant) = other is not null ? (a, other) : (b, one);
        if (constant is null)
        {
            return;
        }

        if (constant is JavaNull)
        {
            if (isEqual)
            {
                // What is null is nobody's text, and what never is comes to nothing.
                if (IsNeverNull(value))
                {
                    _now = null;
                    return;
                }

                CleanPlace(value, ulong.MaxValue);
            }
            else
            {
                NoteGiven(value);
            }
        }
        else if (constant is bool truth)
        {
            Assume(value, isEqual == truth);
        }
        else if (constant is long number && (number is -1 ? AssumeFound(value, !isEqual) : number is 0 && AssumeEmpty(value, isEqual)))
        {
            return;
        }
        else if (isEqual)
        {
            NoteFound(value);
            CleanPlace(value, Worth(ulong.MaxValue, [$"{constant}"]));
        }
    }

    private void CleanArguments(JavaCall call, Func<MethodSummary, ulong[]> cleaned)
    {
        if (Meant(call) is not { Count: > 0 } methods)
        {
            return;
        }

        var arguments = call.Arguments.Select(Quietly).ToList();
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var mask = ulong.MaxValue;
            foreach (var method in methods)
            {
                var all = method.Syntax.Body is null ? [] : cleaned(_book.Of(method, ContextOf(arguments, method.ParameterTypes)));
                mask &= i + 1 < all.Length ? all[i + 1] : 0;
            }

            if (mask != 0)
            {
                CleanPlace(call.Arguments[i], mask);
            }
        }
    }

    private List<ProgramMethod>? Meant(JavaCall call)
    {
        var arguments = call.Arguments.Select(Quietly).ToList();
        if (call.Target is null)
        {
            for (var around = _type; around is not null; around = around.Outer)
            {
                if (Nearest(around, call.Name, arguments) is { Count: > 0 } found)
                {
                    return Below(around, found, call.Name, arguments);
                }
            }

            return null;
        }

        var isValue = IsValue(call.Target);
        var type = _program.Find(isValue ? Quietly(call.Target).Type : TypeNamed(call.Target));
        return type is null ? null : isValue ? Below(type, Nearest(type, call.Name, arguments), call.Name, arguments) : Nearest(type, call.Name, arguments);
    }

    /// <summary>What the inputs are cleaned of where a method says true or false.</summary>
    private void NoteTruth(JavaExpression? expression, FlowValue value)
    {
        if (_lambdas > 0 || _method.ReturnType is not ("boolean" or "java.lang.Boolean"))
        {
            return;
        }

        var before = _now!;
        if (Truth(value) != false)
        {
            _now = before.Copy();
            AssumeIf(expression, true);
            _returns.WhenTrue = ReturnPoint.Meet(_returns.WhenTrue, _now is null ? [] : CleanedInputs(_now));
        }

        if (Truth(value) != true)
        {
            _now = before.Copy();
            AssumeIf(expression, false);
            _returns.WhenFalse = ReturnPoint.Meet(_returns.WhenFalse, _now is null ? [] : CleanedInputs(_now));
        }

        _now = before;
    }

    private void AssumeIf(JavaExpression? expression, bool truth)
    {
        if (expression is not null)
        {
            Assume(expression, truth);
        }
    }
}
