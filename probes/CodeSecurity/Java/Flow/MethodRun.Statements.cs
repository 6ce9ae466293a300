using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Statements that do not repeat.</summary>
internal sealed partial class MethodRun
{
    private readonly Stack<JumpTarget> _targets = new();
    private string? _label;

    private void ExecuteAll(ImmutableArray<JavaStatement> statements)
    {
        var mark = _scopes.Mark();
        foreach (var statement in statements)
        {
            Execute(statement);
        }

        _scopes.Leave(mark);
    }

    private void Execute(JavaStatement statement)
    {
        if (!GoOn())
        {
            return;
        }

        switch (statement)
        {
            case JavaBlock block:
                ExecuteAll(block.Statements);
                break;
            case JavaLocalVariables locals:
                Declare(locals.Type, locals.Variables);
                break;
            case JavaExpressionStatement expression:
                Evaluate(expression.Expression);
                DoubtStatement(expression.Expression);
                if (ReferenceEquals(_ended, expression.Expression))
                {
                    // What it throws was raised where it was called.
                    Raise(null);
                    _now = null;
                }

                break;
            case JavaIf choice:
                Choose(choice);
                break;
            case JavaReturn end:
                Return(end);
                break;
            case JavaThrow raise:
                Throw(Evaluate(raise.Value));
                break;
            case JavaSynchronized locked:
                Evaluate(locked.Lock);
                Execute(locked.Body);
                break;
            case JavaLabeled labeled:
                Labeled(labeled);
                break;
            case JavaAssert assert:
                Evaluate(assert.Condition);
                break;
            default:
                ExecuteJump(statement);
                break;
        }

        MayFail();
    }

    private void ExecuteJump(JavaStatement statement)
    {
        switch (statement)
        {
            case JavaBreak { Label: var label }:
                Jump(t => label is null ? t.Takes : t.Label == label, isContinue: false);
                break;
            case JavaContinue { Label: var label }:
                Jump(t => t.IsLoop && (label is null || t.Label == label), isContinue: true);
                break;
            case JavaYield { Value: var value }:
                Yield(Evaluate(value));
                break;
            default:
                ExecuteLoop(statement);
                break;
        }
    }

    private void Declare(JavaTypeSyntax syntax, ImmutableArray<JavaVariable> variables)
    {
        var type = _program.NameOf(syntax, _type);
        foreach (var variable in variables)
        {
            var own = variable.Dimensions == 0 || type is null ? type : type + string.Concat(Enumerable.Repeat("[]", variable.Dimensions));
            var value = variable.Value is null ? FlowValue.OfType(own) : Narrow(variable.Value is JavaArrayValues values ? ArrayOf(values, values, own) : Evaluate(variable.Value), own);
            if (_now is null)
            {
                return;
            }

            value = value.Holding(_program.ElementOf(syntax, _type));
            _now[_scopes.Declare(variable.Name, own)] = value.WithMarks(TaintMarks.Step(value.Marks, Place(variable.Span), Letterwise($"赋给 {variable.Name}", own)));
        }
    }

    private const string Letter = "char";

    /// <summary>Who takes a text apart into letters often puts others in place of some of them.</summary>
    private static StepWords Letterwise(string words, string? type) => type == Letter ? new StepWords(words + "（逐个字符，其间可能换掉了有害的字符）", StepDoubt.Rewritten) : words;

    /// <summary>What a variable of a type can hold of a value: numbers and dates carry no text, and letters one letter of it.</summary>
    private FlowValue Narrow(FlowValue value, string? type)
    {
        if (type is null)
        {
            return value;
        }

        if (_program.IsInert(type))
        {
            return new FlowValue(type == Letter ? value.Marks : TaintMarks.None, value.Constant, type, []);
        }

        // A variable of a type of little meaning does not make the value forget its own.
        return value.Type is null || value.Objects.Length == 0 && !IsNarrower(value.Type, type) ? value.Typed(type) : value;
    }

    private bool IsNarrower(string type, string than) => than is "java.lang.Object" or "java.lang.CharSequence" || type == "null"
        || _apis.IsBelow(type, than)
        || (_program.Find(type) is { } declared && _program.NamesAbove(declared).Contains(than, StringComparer.Ordinal));

    private void Choose(JavaIf choice)
    {
        FlowState? end = null;
        foreach (var branch in choice.Branches)
        {
            if (_now is null)
            {
                break;
            }

            var truth = Truth(Evaluate(branch.Condition));
            if (_now is null)
            {
                break;
            }

            var other = truth == true ? null : _now.Copy();
            if (truth != false)
            {
                Assume(branch.Condition, true);
                Inside(branch.Then);
                end = Join(end, _now);
            }

            _now = other;
            if (_now is not null)
            {
                Assume(branch.Condition, false);
            }
        }

        if (choice.Else is not null && _now is not null)
        {
            Inside(choice.Else);
        }

        _now = Join(end, _now);
    }

    /// <summary>Variables of an instanceof may be declared by conditions and end with the branch.</summary>
    private void Inside(JavaStatement statement)
    {
        var mark = _scopes.Mark();
        Execute(statement);
        _scopes.Leave(mark);
    }

    private void Return(JavaReturn end)
    {
        var value = end.Value is null ? FlowValue.Unknown : Evaluate(end.Value);
        if (_now is null)
        {
            return;
        }

        HandOut(value);
        if (_lambdas == 0)
        {
            value = Narrow(value, _method.ReturnType);
        }

        ShowReturned(end, value);
        NoteTruth(end.Value, value);
        if (!Postpone(value))
        {
            _returns.Add(this, value, _now);
        }

        _now = null;
    }

    private void Labeled(JavaLabeled labeled)
    {
        if (labeled.Body is JavaWhile or JavaDo or JavaFor or JavaForEach or JavaSwitch)
        {
            _label = labeled.Label;
            Execute(labeled.Body);
            return;
        }

        var target = new JumpTarget(labeled.Label, IsLoop: false, Takes: false);
        _targets.Push(target);
        Execute(labeled.Body);
        _targets.Pop();
        _now = Join(_now, target.Broken);
    }

    private void Jump(Func<JumpTarget, bool> isMeant, bool isContinue)
    {
        if (_targets.FirstOrDefault(isMeant) is { } target && !Postpone(target, isContinue))
        {
            target.Go(this, isContinue);
        }

        _now = null;
    }

    private void Yield(FlowValue value)
    {
        if (_targets.FirstOrDefault(t => t.IsSwitch) is { } target)
        {
            target.Value = target.Value is null ? value : FlowValue.Join(target.Value, value);
            if (!Postpone(target, isContinue: false))
            {
                target.Go(this, isContinue: false);
            }
        }

        _now = null;
    }

    /// <param name="Label">Null where it has none.</param>
    /// <param name="IsLoop">Can be continued.</param>
    /// <param name="Takes">A break without a label means it.</param>
    /// <param name="IsSwitch">A switch that has a value.</param>
    private sealed record JumpTarget(string? Label, bool IsLoop, bool Takes, bool IsSwitch = false)
    {
        public FlowState? Broken { get; set; }

        public FlowState? Continued { get; set; }

        public FlowValue? Value { get; set; }

        public void Go(MethodRun run, bool isContinue)
        {
            if (isContinue)
            {
                Continued = run.Join(Continued, run._now);
            }
            else
            {
                Broken = run.Join(Broken, run._now);
            }
        }
    }
}
