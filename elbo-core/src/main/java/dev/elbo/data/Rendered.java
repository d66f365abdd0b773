package dev.elbo.data;

/** Data that Elbo makes by itself: there is nothing to fetch. */
abstract class Rendered implements DataSet.Opening {
    @Override
    public String origin() {
        return "rendered by Elbo";
    }
}
