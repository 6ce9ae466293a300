namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Dangerous places of a callee at one call.</summary>
internal sealed partial class MethodRun
{
    private sealed partial class SummaryUse
    {
        private void TellHit(SinkHit hit)
        {
            if (!ReferenceEquals(_hitOrigin, hit.Origin))
            {
                // Nothing changes between hits, and those of one input stand together.
                _run._farthest = hit.Origin.Path.AsSpan().Count(Separator) > DeepestInput ? DeepestNamed : DeepestInput;
                (_hitOrigin, _hitMarks) = (hit.Origin, _run.Deep(Given(hit.Origin)));
                _run._farthest = DeepestInput;
            }

            var vouched = Vouched(hit);
            foreach (var given in hit.Filled.IsEmpty ? _hitMarks : MarksOf(hit))
            {
                if (!Array.Exists(vouched, v => v.Origin.Equals(given.Origin)))
                {
                    var mark = hit.IsSoiled ? given.Soil(1UL << hit.Weakness) : given;
                    _run.Reach(hit.Weakness, hit.Site, [new TaintMark(mark.Origin, mark.Cleaned | (hit.IsDoubted ? ApiIndex.Affirmed : 0), Way(mark.Way, hit.Way), mark.Soiled)], "到达");
                }
            }

            (_run._vouched, _run._filled) = (CheckedInputs.None, CheckedInputs.None);
        }

        /// <summary>Without objects that the callee has turned away before it comes to the place.</summary>
        private TaintMark[] MarksOf(SinkHit hit)
        {
            Dictionary<InputOrigin, FlowValue>? kept = null;
            foreach (var filled in hit.Filled.All)
            {
                if (filled.Index != hit.Origin.Index || filled.Path.LastIndexOf(Separator) != 0)
                {
                    continue;
                }

                var whole = new InputOrigin(filled.Index, string.Empty);
                var given = Given(whole);
                foreach (var own in given.Objects.Select(_run.InputAt).OfType<InputOrigin>())
                {
                    _run._filled = _run._filled.With(new InputOrigin(own.Index, own.Path + filled.Path));
                }

                if (_run.Filled(given, filled.Path[1..]) is var rest && !ReferenceEquals(rest, given))
                {
                    kept ??= _inputs;
                    _inputs = new Dictionary<InputOrigin, FlowValue> { [whole] = rest };
                }
            }

            if (kept is null)
            {
                return _hitMarks;
            }

            var marks = _run.Deep(Given(hit.Origin));
            _inputs = kept;
            return marks;
        }

        /// <summary>Marks of what the callee has checked before it comes to the place. What is the caller's own among them its callers may know more of.</summary>
        private TaintMark[] Vouched(SinkHit hit)
        {
            var marks = TaintMarks.None;
            foreach (var input in hit.Checked.All)
            {
                marks = TaintMarks.Union(marks, Given(input).Marks);
            }

            foreach (var mark in marks)
            {
                _run._vouched = mark.Origin is InputOrigin own ? _run._vouched.With(own) : _run._vouched;
            }

            return marks;
        }
    }
}
