//! Measurements as numbers: metrics and their scales, confidence intervals, series over time.
//!
//! Must not know: rules, sentences about records.

mod interval;
mod metric;
mod series;

pub(super) use interval::is_possible_deviation;
pub use interval::{ConfidenceInterval, Difference, confidence_interval, difference, is_mean};
pub use metric::{MetricScale, SurveyScale, survey_scale};
pub(super) use metric::{is_same_metric, is_survey, scale};
pub(super) use series::series_of;
pub use series::{Fall, MeasurementSeries, is_same_series};
