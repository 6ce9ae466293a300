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

        switch (condition)
        {
            case JavaUnary { Operator: JavaTokenKind.Not } not:
                Assume(not.Operand, !truth);
                break;
            case JavaBinary { Steps: [{ Operator: JavaOperator.AndAlso or JavaOperator.OrElse }, ..] } logical:
                AssumeLogical(logical, truth);
                break;
            case JavaBinary { Steps: [{ Operator: JavaOperator.Equal or JavaOperator.NotEqual } step] } compare:
                AssumeEqual(compare.First, step.Operand, truth == (step.Operator == JavaOperator.Equal));
                break;
            case JavaCall call:
                AssumeCall(call, truth);
                break;
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
                // What is null is nobody's text.
                CleanPlace(value, ulong.MaxValue);
            }
            else if (value is JavaCall call)
            {
                CleanArguments(call, s => s.WhenNotNull);
            }
        }
        else if (constant is bool truth)
        {
            Assume(value, isEqual == truth);
        }
        else if (isEqual)
        {
            CleanPlace(value, ulong.MaxValue);
        }
    }

    private static object? ConstantOf(JavaExpression expression) => expression is JavaLiteral literal ? ConstantFolding.Literal(literal) : null;

    private void AssumeCall(JavaCall call, bool truth)
    {
        if (Known(call) is { } api)
        {
            var cleaned = truth ? api.Guards : api.GuardsNot;
            if (cleaned == 0)
            {
                return;
            }

            foreach (var place in api.Known.At.Count > 0 ? api.Known.At : [0])
            {
                if (place == ApiMethod.Receiver && call.Target is not null && Settled(call, api.Known.IsBelieved))
                {
                    Believe(api, call, call.Target);
                    CleanPlace(call.Target, cleaned);
                }
                else if (place >= 0 && place < call.Arguments.Length && (call.Target is null || !IsValue(call.Target) || Deep(Quietly(call.Target)).Length == 0))
                {
                    Believe(api, call, call.Arguments[place]);
                    CleanPlace(call.Arguments[place], cleaned);
                }
            }

            return;
        }

        CleanArguments(call, s => truth ? s.WhenTrue : s.WhenFalse);
        AssumeOfProject(call, truth);
    }

    /// <summary>Remembers a check that cleared something foreign and is worth as much as its pattern.</summary>
    private void Believe(ApiMethod api, JavaCall call, JavaExpression cleared)
    {
        if (api.Known.IsBelieved && Deep(Quietly(cleared)).Length > 0)
        {
            _book.Believed.Add(Place(call.Span));
        }
    }

    /// <summary>What a value is compared with is not foreign itself; of checks that are told, what callers give is taken for their own.</summary>
    private bool Settled(JavaCall call, bool isTold) => call.Arguments.All(a => Array.TrueForAll(Deep(Quietly(a)), m => isTold && m.Origin is InputOrigin));

    private ApiMethod? Known(JavaCall call)
    {
        if (call.Target is null || !IsValue(call.Target))
        {
            var type = call.Target is null ? null : TypeNamed(call.Target);
            return type is null ? null : _program.Find(type) is not { } own ? _apis.Find(type, call.Name, call.Arguments.Length)
                : _program.Declared(own, call.Name).Count > 0 ? null : _apis.Find(type, call.Name, call.Arguments.Length, _program.NamesAbove(own));
        }

        var receiver = Quietly(call.Target);
        return receiver.Type is null ? _apis.FindAnywhere(call.Name, call.Arguments.Length)
            : _program.Find(receiver.Type) is not null ? null : _apis.Find(receiver.Type, call.Name, call.Arguments.Length);
    }

    /// <summary>Value of an expression that is looked at once more: nothing comes of it.</summary>
    private FlowValue Quietly(JavaExpression expression)
    {
        if (expression is not (JavaName or JavaSelect or JavaLiteral or JavaCall))
        {
            return FlowValue.Unknown;
        }

        var before = _now!.Copy();
        var value = Evaluate(expression);
        _now = before;
        return value;
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
                var all = method.Syntax.Body is null ? [] : cleaned(_book.Of(method, ContextOf(arguments)));
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

    /// <summary>A variable or field is no longer dangerous for these.</summary>
    private void CleanPlace(JavaExpression place, ulong mask)
    {
        if (_now is null)
        {
            return;
        }

        switch (place)
        {
            case JavaName name when _scopes.Find(name.Name) is >= 0 and var variable:
                var seen = _now[variable].Marks;
                _now[variable] = _now[variable].WithMarks(TaintMarks.Clean(seen, mask));
                CleanKin(seen, mask);
                break;
            case JavaSelect select when IsValue(select.Target):
                var owner = Quietly(select.Target);
                var part = Read(owner, select.Name);
                if (part.Marks.Length > 0 && owner.Objects.Length > 0)
                {
                    Write(owner, select.Name, part.WithMarks(TaintMarks.Clean(part.Marks, mask)));
                }

                break;
            case JavaCall { Name: "matcher", Arguments: [var matched] }:
                CleanPlace(matched, mask);
                break;
            case JavaCall { Name: "trim" or "toLowerCase" or "toUpperCase" or "toString" or "getCanonicalPath" or "getCanonicalFile" or "toPath" or "normalize" or "toRealPath" or "toAbsolutePath", Target: { } target }:
                CleanPlace(target, mask);
                break;
        }
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
