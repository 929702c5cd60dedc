"""The figures of a text: what each measures, in what relation, for which time; under the rules and under the proof alike."""
